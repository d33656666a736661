Imports AiGuardrails

Public Module Training
    <CostBudget(MaxUsd:=25)>
    Public Sub Start()
    End Sub
End Module
