module Training

open AiGuardrails

[<CostBudget(MaxUsd = 25.0)>]
let start () = ()
