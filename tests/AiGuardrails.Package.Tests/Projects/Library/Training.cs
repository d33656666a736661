using AiGuardrails;

namespace Library
{
    public static class Training
    {
        [CostBudget(MaxUsd = 25, Reason = "The attributes are there for netstandard2.0 as well.")]
        public static void Start()
        {
        }
    }
}
