using Guides.prompts_1;

namespace Guides;

/// <summary>Prints what the guides say of their examples.</summary>
internal static class Output
{
    public static void Main()
    {
        Console.WriteLine($"{WarrantyTriage.PromptId} {WarrantyTriage.PromptVersion} {WarrantyTriage.PromptHash}");
        decisions_2.Decide.Main();
    }
}
