using Verify = AiGuardrails.Testing.CSharpAnalyzerVerifier<AiGuardrails.Analyzers.Rules.Governance.UnsupportedFineTuningDecisionAnalyzer>;

namespace AiGuardrails.Analyzers.Tests.Rules.Governance;

public sealed class AIG5007_UnsupportedFineTuningDecisionTests
{
    private const string Tried = "TriedPrompting = true, TriedRag = true";

    private const string Enough = Tried + ", LabeledExamples = 12_000, BudgetUsd = 15_000, MachineLearningExpertise = true, KnowledgeIsStable = true";

    [Theory]
    [InlineData("{|AIG5007:FineTuningDecision|}")]
    [InlineData("{|AIG5007:FineTuningDecision|}()")]
    [InlineData("{|AIG5007:AiGuardrails.FineTuningDecisionAttribute|}()")]
    [InlineData("{|AIG5007:FineTuningDecision|}(TriedRag = true)")]
    [InlineData("FineTuningDecision({|AIG5007:TriedPrompting = false|}, TriedRag = true)")]
    [InlineData("FineTuningDecision(TriedPrompting = true, {|AIG5007:TriedRag = false|})")]
    [InlineData("{|AIG5007:FineTuningDecision|}(TriedPrompting = true)")]
    [InlineData("{|AIG5007:FineTuningDecision|}(" + Tried + ")")]
    [InlineData("FineTuningDecision(" + Tried + ", {|AIG5007:LabeledExamples = 9_999|})")]
    [InlineData("FineTuningDecision(" + Tried + ", {|AIG5007:LabeledExamples = Numbers.Examples / 2|})")]
    [InlineData("FineTuningDecision(" + Tried + ", LabeledExamples = Numbers.Examples, {|AIG5007:BudgetUsd = 9_999.99|})")]
    [InlineData("FineTuningDecision(" + Tried + ", LabeledExamples = 10_000, {|AIG5007:BudgetUsd = double.NaN|})")]
    [InlineData("{|AIG5007:FineTuningDecision|}(" + Tried + ", LabeledExamples = 10_000, BudgetUsd = 10_000)")]
    [InlineData("FineTuningDecision(" + Tried + ", LabeledExamples = 10_000, BudgetUsd = 10_000, {|AIG5007:MachineLearningExpertise = false|})")]
    [InlineData("FineTuningDecision(" + Tried + ", LabeledExamples = 10_000, BudgetUsd = 10_000, MachineLearningExpertise = true, {|AIG5007:KnowledgeIsStable = false|})")]
    [InlineData("FineTuningDecision(" + Enough + ", {|AIG5007:RequestsPerMonth = 1_000|}, SavingPerRequestUsd = 0.01, TrainingCostUsd = 500)")]
    [InlineData("FineTuningDecision(" + Enough + ", RequestsPerMonth = 0, {|AIG5007:SavingPerRequestUsd = 0.01|})")]
    [InlineData("FineTuningDecision(" + Enough + ", RequestsPerMonth = 1_000_000, {|AIG5007:SavingPerRequestUsd = 0|})")]
    [InlineData("FineTuningDecision(" + Enough + ", RequestsPerMonth = 1_000_000, {|AIG5007:SavingPerRequestUsd = -0.001|})")]
    [InlineData("FineTuningDecision(" + Enough + ", {|AIG5007:ReviewBy = \"next spring\"|})")]
    [InlineData("FineTuningDecision(" + Enough + ", {|AIG5007:ReviewBy = \"\"|})")]
    [InlineData("FineTuningDecision(" + Enough + ", {|AIG5007:ReviewBy = \"2026-13-01\"|})")]
    [InlineData("FineTuningDecision(" + Enough + ", {|AIG5007:ReviewBy = \"01/09/2026\"|})")]
    [InlineData("FineTuningDecision(" + Enough + ", {|AIG5007:DecidedOn = \"2026-02-30\"|})")]
    [InlineData("FineTuningDecision({|AIG5007:TriedPrompting = false|}, DecidedOn = \"\", {|AIG5007:ReviewBy = \"soon\"|})")]
    public Task Record_that_supports_nothing_is_reported(string attribute) => Verify.VerifyAnalyzerAsync(
        $$"""
            using AiGuardrails;

            static class Numbers { public const int Examples = 10_000; }

            [{{attribute}}]
            class C { }
            """);

    [Theory]
    [InlineData(Enough)]
    [InlineData(Enough + ", DecidedOn = \"2026-03-02\", ReviewBy = \"2026-09-01\", Rationale = \"\"")]
    [InlineData(Enough + ", DecidedOn = null, ReviewBy = null")]
    [InlineData(Enough + ", DecidedOn = \"\"")]
    [InlineData(Enough + ", RequestsPerMonth = 2_000_000, SavingPerRequestUsd = 0.002")]
    [InlineData(Enough + ", RequestsPerMonth = 5_000, SavingPerRequestUsd = 0.01, TrainingCostUsd = 500")]
    [InlineData(Enough + ", RequestsPerMonth = 0, SavingPerRequestUsd = double.NaN, TrainingCostUsd = double.NaN, Goal = TrainingGoal.Behavior")]
    [InlineData(Enough + ", SavingPerRequestUsd = 0.01, TrainingCostUsd = 0")]
    public Task Record_that_supports_training_is_not_reported(string fields) =>
        Verify.VerifyAnalyzerAsync($"using AiGuardrails; [FineTuningDecision({fields})] class C {{ }}");

    [Theory]
    [InlineData("Why")]
    [InlineData("WhyAttribute")]
    public Task Record_by_a_name_that_another_file_gives_it_is_judged(string alias) => Verify.VerifyAnalyzerAsync(
        "[{|AIG5007:Why|}] class C { }",
        test => test.Sources.Add($"global using {alias} = AiGuardrails.FineTuningDecisionAttribute;"));

    [Fact]
    public Task Attribute_of_another_type_by_such_a_name_is_left() => Verify.VerifyAnalyzerAsync(
        "[Why] class C { }",
        static test => test.Sources.Add("global using Why = Other.FineTuningDecisionAttribute; namespace Other { class FineTuningDecisionAttribute : System.Attribute { } }"));

    [Fact]
    public Task Record_is_judged_wherever_it_may_stand() => Verify.VerifyAnalyzerAsync(
        """
        using System;
        using AiGuardrails;

        [assembly: {|AIG5007:FineTuningDecision|}]

        [{|AIG5007:FineTuningDecision|}]
        interface IOne { [{|AIG5007:FineTuningDecision|}] void M(); }

        [Obsolete, {|AIG5007:FineTuningDecision|}]
        struct Two
        {
            [{|AIG5007:FineTuningDecision|}]
            public Two(int x) { }

            [{|AIG5007:FineTuningDecision|}]
            int P => 1;

            int Q
            {
                [{|AIG5007:FineTuningDecision|}]
                get => 1;
            }

            [method: {|AIG5007:FineTuningDecision|}]
            void M()
            {
                [{|AIG5007:FineTuningDecision|}]
                static void Local() { }
                Local();
            }
        }
        """);

    [Fact]
    public Task Record_as_teams_write_it_is_judged() => Verify.VerifyAnalyzerAsync(
        """
        using AiGuardrails;
        using OpenAI.FineTuning;

        internal static class Data
        {
            public const int Labelled = 6_000 + 6_000;
            public const bool Tried = true;
            public const string Review = Year + "-01-31";
            private const string Year = "2026";
        }

        public partial class Trainer
        {
            public void Other() { }
        }

        // Why we train.
        [FineTuningDecision(
            TriedPrompting = Data.Tried,
            TriedRag = !false,
            LabeledExamples = Data.Labelled,
            BudgetUsd = 10 * 1_000,
            MachineLearningExpertise = true, // two engineers
            KnowledgeIsStable = true,
            RequestsPerMonth = 3_000_000_000,
            SavingPerRequestUsd = 1e-5,
            {|AIG5007:ReviewBy = Data.Review|},
            Rationale = nameof(Trainer) + " needs it")]
        public partial class Trainer
        {
            [CostBudget(MaxUsd = 100)]
            public FineTuningJob Train(FineTuningClient client) => client.FineTune("gpt-4o-mini-2024-07-18", "file-1", false);
        }
        """,
        static test => test.GlobalOptions["build_property.AiGuardrailsToday"] = "2026-02-01");

    [Fact]
    public Task Alias_of_the_attribute_is_seen() =>
        Verify.VerifyAnalyzerAsync("using Why = AiGuardrails.FineTuningDecisionAttribute; [{|AIG5007:Why|}] class C { }");

    [Fact]
    public Task Attribute_of_that_name_from_elsewhere_is_not_reported() => Verify.VerifyAnalyzerAsync(
        """
        namespace Elsewhere
        {
            class FineTuningDecisionAttribute : System.Attribute { public bool TriedPrompting { get; set; } }

            [FineTuningDecision(TriedPrompting = false)]
            class C { }
        }
        """);

    [Theory]
    [InlineData("standard", 1_000, 500, "")]
    [InlineData("starter", 100, 100, "")]
    [InlineData("Starter", 100, 100, "")]
    [InlineData("strict", 50, 20, "aiguardrails.min_labeled_examples = 50\naiguardrails.AIG5007.min_training_budget_usd = 20\naiguardrails.require_ml_expertise = false")]
    [InlineData("standard", 10, 500, "aiguardrails.min_labeled_examples = 0")]
    public Task Profile_and_thresholds_are_options(string profile, int examples, int budget, string more) => Verify.VerifyAnalyzerAsync(
        $"using AiGuardrails; [FineTuningDecision({Tried}, LabeledExamples = {examples}, BudgetUsd = {budget}, KnowledgeIsStable = true)] class C {{ }}",
        test => test.EditorConfig = $"[*.cs]\naiguardrails.decision_profile = {profile}\n{more}\n");

    [Theory]
    [InlineData("standard", "{|AIG5007:LabeledExamples = 999|}, BudgetUsd = 500", "")]
    [InlineData("standard", "LabeledExamples = 1_000, {|AIG5007:BudgetUsd = 499|}", "")]
    [InlineData("starter", "{|AIG5007:LabeledExamples = 99|}, BudgetUsd = 100", "")]
    [InlineData("starter", "LabeledExamples = 100, {|AIG5007:BudgetUsd = 99|}", "")]
    [InlineData("starter", "LabeledExamples = 100, BudgetUsd = 100, {|AIG5007:MachineLearningExpertise = false|}", "aiguardrails.require_ml_expertise = true")]
    [InlineData("starter", "{|AIG5007:LabeledExamples = 100|}, BudgetUsd = 100", "aiguardrails.min_labeled_examples = 101")]
    [InlineData("starter", "LabeledExamples = 100, {|AIG5007:BudgetUsd = 100|}", "aiguardrails.AIG5007.min_training_budget_usd = 101")]
    [InlineData("starter", "LabeledExamples = 100, BudgetUsd = 100, {|AIG5007:RequestsPerMonth = 1000|}, SavingPerRequestUsd = 0.01", "aiguardrails.payback_months = 6")]
    [InlineData("unheard of", "{|AIG5007:LabeledExamples = 9_999|}, BudgetUsd = 10_000", "")]
    public Task Too_little_for_the_profile_is_reported(string profile, string fields, string more) => Verify.VerifyAnalyzerAsync(
        $"using AiGuardrails; [FineTuningDecision({Tried}, {fields}, KnowledgeIsStable = true)] class C {{ }}",
        test => test.EditorConfig = $"[*.cs]\naiguardrails.decision_profile = {profile}\n{more}\n");

    [Fact]
    public Task Message_names_the_step_the_numbers_and_the_approach() => Verify.VerifyAnalyzerAsync(
        "using AiGuardrails; [FineTuningDecision(" + Tried + ", {|#0:LabeledExamples = 800|})] class C { }",
        Verify.Diagnostic("AIG5007").WithLocation(0).WithArguments(
            "The recorded decision does not support training: there are 800 of the 10,000 labelled examples that profile 'strict' asks for; recommended: retrieval (RAG) while more are collected"));

    [Fact]
    public Task Message_says_that_the_profile_was_changed() => Verify.VerifyAnalyzerAsync(
        "using AiGuardrails; [FineTuningDecision(" + Tried + ", {|#0:LabeledExamples = 800|})] class C { }",
        static test => test.EditorConfig = "[*.cs]\naiguardrails.min_labeled_examples = 2000\n",
        Verify.Diagnostic("AIG5007").WithLocation(0).WithArguments(
            "The recorded decision does not support training: there are 800 of the 2,000 labelled examples that profile 'strict, as configured' asks for; recommended: retrieval (RAG) while more are collected"));

    [Theory]
    [InlineData("2026-09-02")]
    [InlineData("2027-01-01")]
    public Task Review_that_is_due_is_reported(string today) => Verify.VerifyAnalyzerAsync(
        "using AiGuardrails; [FineTuningDecision(" + Enough + ", {|#0:ReviewBy = \"2026-09-01\"|})] class C { }",
        test => test.GlobalOptions["build_property.AiGuardrailsToday"] = today,
        Verify.Diagnostic("AIG5007").WithLocation(0).WithArguments(
            $"The recorded decision was to be looked at again by 2026-09-01, and today is {today}; decide again, and set a new date"));

    [Theory]
    [InlineData("2026-09-01")]
    [InlineData("2020-01-01")]
    [InlineData("")]
    [InlineData("not a day")]
    public Task Review_to_come_is_not_reported_and_neither_is_any_where_today_is_unknown(string today) => Verify.VerifyAnalyzerAsync(
        "using AiGuardrails; [FineTuningDecision(" + Enough + ", ReviewBy = \"2026-09-01\")] class C { }",
        test => test.GlobalOptions["build_property.AiGuardrailsToday"] = today);

    [Fact]
    public Task Test_types_are_left_unless_the_team_asks() => Verify.VerifyAnalyzerAsync(
        """
        using AiGuardrails;

        class TestMethodAttribute : System.Attribute { }

        [FineTuningDecision]
        class Tests
        {
            [TestMethod]
            [FineTuningDecision]
            public void M() { }
        }
        """);

    [Fact]
    public Task Test_types_are_judged_where_the_team_asks() => Verify.VerifyAnalyzerAsync(
        """
        using AiGuardrails;

        class TestMethodAttribute : System.Attribute { }

        class Tests
        {
            [TestMethod]
            [{|AIG5007:FineTuningDecision|}]
            public void M() { }
        }
        """,
        static test => test.EditorConfig = "[*.cs]\naiguardrails.AIG5007.include_tests = true\n");

    [Fact]
    public Task Mention_in_a_comment_or_a_string_is_not_reported() =>
        Verify.VerifyAnalyzerAsync("// [FineTuningDecision]\nclass C { string S = \"FineTuningDecision\"; AiGuardrails.FineTuningDecisionAttribute A; }");

    [Theory]
    [InlineData("[FineTuningDecision(TriedPrompting = true, LabeledExamples = )]")]
    [InlineData("[FineTuningDecision(TriedPrompting = Unknown, LabeledExamples = \"ten\", BudgetUsd = 1m, Goal = 3)]")]
    [InlineData("[FineTuningDecision(LabeledExamples = 99999999999, RequestsPerMonth = 1e99)]")]
    [InlineData("[FineTuningDecision(ReviewBy = 3, DecidedOn = true, Goal = (TrainingGoal)77, BudgetUsd = default)]")]
    [InlineData("[FineTuningDecision(true, 3)]")]
    [InlineData("[FineTuningDecision(")]
    public Task Half_typed_code_does_no_harm(string attribute) =>
        AiGuardrails.Testing.AnalyzerFuzz.VerifyNeverThrowsAsync<AiGuardrails.Analyzers.Rules.Governance.UnsupportedFineTuningDecisionAnalyzer>(
            "using AiGuardrails; " + attribute + " class C { }");
}
