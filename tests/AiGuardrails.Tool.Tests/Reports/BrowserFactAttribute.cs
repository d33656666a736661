namespace AiGuardrails.Tool.Tests.Reports;

/// <summary>A test that needs a browser: where there is none, it is skipped and says so.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class BrowserFactAttribute : FactAttribute
{
    public BrowserFactAttribute()
    {
        if (Browser.Path is null)
        {
            Skip = $"No Chromium was found: install the package 'chromium', or name the browser in {Browser.Variable}.";
        }
    }
}
