using System.Globalization;

namespace AiGuardrails.Tool.Tests.Reports;

/// <summary>The page in a browser: what only a browser can tell.</summary>
public sealed class ReportBrowserTests
{
    private const string Shown = "[...document.querySelectorAll('.finding')].filter(f => f.offsetParent !== null).length";

    [BrowserFact]
    public async Task Page_opens_without_a_complaint_and_is_more_than_one_colour()
    {
        using var run = await ReportAsync();
        await using var browser = await Browser.OpenAsync(PathOf(run));

        var light = new Picture(await browser.ScreenshotAsync());
        var background = light.Colours().MaxBy(static colour => colour.Value).Key;

        Assert.Empty(browser.Complaints);
        Assert.True(light.Colours().Count > 50, "The picture has few colours.");
        Assert.True(background is { Red: > 200, Green: > 200, Blue: > 200 }, "The page is not light.");
        Assert.Equal("2", await browser.AskAsync("document.querySelectorAll('svg.chart').length"));
        Assert.Equal("true", await browser.AskAsync("[...document.querySelectorAll('svg.chart')].every(c => c.getBoundingClientRect().height > 150 && c.querySelector('title').textContent.length > 0)"));
    }

    [BrowserFact]
    public async Task Filters_work_by_keyboard_and_say_how_many_are_left()
    {
        using var run = await ReportAsync();
        await using var browser = await Browser.OpenAsync(PathOf(run));
        var all = int.Parse(await browser.AskAsync(Shown), CultureInfo.InvariantCulture);
        Assert.Equal($"All {all} findings shown", await browser.AskAsync("document.getElementById('shown').textContent"));

        // From the first field to the second with the Tab key, and down in its list.
        _ = await browser.AskAsync("document.getElementById('filter-rule').focus()");
        await browser.KeyAsync("Tab");
        Assert.Equal("filter-level", await browser.AskAsync("document.activeElement.id"));
        await browser.KeyAsync("ArrowDown");
        Assert.Equal($"1 of {all} findings shown", await browser.AskUntilAsync("document.getElementById('shown').textContent", $"1 of {all} findings shown"));
        Assert.Equal("error", await browser.AskAsync("[...document.querySelectorAll('.finding')].filter(f => f.offsetParent !== null).map(f => f.dataset.level).join()"));

        await browser.KeyAsync("Escape");
        Assert.Equal(all.ToString(CultureInfo.InvariantCulture), await browser.AskUntilAsync(Shown, all.ToString(CultureInfo.InvariantCulture)));

        _ = await browser.AskAsync("document.getElementById('filter-text').focus()");
        await browser.TypeAsync("placeholder");
        Assert.Equal($"1 of {all} findings shown", await browser.AskUntilAsync("document.getElementById('shown').textContent", $"1 of {all} findings shown"));
        Assert.Equal("AIG9009", await browser.AskAsync("[...document.querySelectorAll('.finding')].filter(f => f.offsetParent !== null).map(f => f.dataset.rule).join()"));

        _ = await browser.AskAsync("document.getElementById('filter-file').focus()");
        await browser.TypeAsync("nowhere");
        Assert.Equal("0", await browser.AskUntilAsync(Shown, "0"));
        Assert.Equal("false", await browser.AskAsync("document.getElementById('none-shown').hidden"));
        Assert.Equal("0", await browser.AskAsync("[...document.querySelectorAll('.group')].filter(g => g.offsetParent !== null).length"));

        // A link leads to a finding even where the filters hide it.
        _ = await browser.AskAsync("location.hash = 'f1'");
        Assert.Equal("false", await browser.AskUntilAsync("document.getElementById('f1').hidden", "false"));
        Assert.Equal("polite", await browser.AskAsync("document.getElementById('shown').getAttribute('aria-live')"));
        Assert.Empty(browser.Complaints);
    }

    [BrowserFact]
    public async Task Colours_follow_the_system_until_the_reader_chooses()
    {
        const string Background = "getComputedStyle(document.body).backgroundColor";
        using var run = await ReportAsync();
        await using var browser = await Browser.OpenAsync(PathOf(run));

        var light = await browser.AskAsync(Background);
        await browser.SetSchemeAsync(dark: true);
        var dark = await browser.AskAsync(Background);
        Assert.NotEqual(light, dark);
        Assert.Equal("Switch to light colours", await browser.AskUntilAsync("document.getElementById('theme').getAttribute('aria-label')", "Switch to light colours"));

        _ = await browser.AskAsync("document.getElementById('theme').focus()");
        await browser.KeyAsync("Enter", "\r");
        Assert.Equal(light, await browser.AskUntilAsync(Background, light));
        await browser.SetSchemeAsync(dark: false);
        await browser.KeyAsync("Enter", "\r");
        Assert.Equal(dark, await browser.AskUntilAsync(Background, dark));
        Assert.Empty(browser.Complaints);
    }

    [BrowserFact]
    public async Task Text_stands_out_from_its_background_in_both_schemes()
    {
        // WCAG 2.1, 1.4.3: 4.5 to 1 for text.
        const string Worst = """
            (() => {
              const part = v => { v /= 255; return v <= 0.03928 ? v / 12.92 : Math.pow((v + 0.055) / 1.055, 2.4); };
              const rgb = c => c.match(/[\d.]+/g).map(Number);
              const light = c => { const [r, g, b] = rgb(c); return 0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b); };
              const behind = e => { for (; e; e = e.parentElement) { const c = getComputedStyle(e).backgroundColor; if (rgb(c)[3] !== 0) { return c; } } return 'rgb(255,255,255)'; };
              let worst = [99, ''];
              for (const e of document.querySelectorAll('body *')) {
                if (e.closest('svg') || !e.offsetParent || ![...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim())) { continue; }
                const [a, b] = [light(getComputedStyle(e).color), light(behind(e))];
                const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
                if (ratio < worst[0]) { worst = [ratio, e.outerHTML.slice(0, 120)]; }
              }
              return worst[0] >= 4.5 ? 'enough' : worst.join(' ');
            })()
            """;
        using var run = await ReportAsync();
        await using var browser = await Browser.OpenAsync(PathOf(run));

        Assert.Equal("enough", await browser.AskAsync(Worst));
        await browser.SetSchemeAsync(dark: true);
        Assert.Equal("enough", await browser.AskAsync(Worst));
    }

    [BrowserFact]
    public async Task Phone_has_nothing_to_scroll_sideways()
    {
        using var run = await ReportAsync(HostileData.File());
        await using var browser = await Browser.OpenAsync(PathOf(run), width: 360, height: 740);

        _ = await browser.AskAsync("document.querySelectorAll('details').forEach(d => d.open = true)");

        Assert.Equal("360/360", await browser.AskAsync("document.documentElement.scrollWidth + '/' + innerWidth"));
        Assert.Equal("", await browser.AskAsync("[...document.querySelectorAll('body *')].filter(e => !e.closest('.skip') && e.getBoundingClientRect().right > 360.5).map(e => e.outerHTML.slice(0, 100)).join()"));
    }

    [BrowserFact]
    public async Task Without_a_script_everything_is_there_but_the_filters()
    {
        using var run = await ReportAsync();
        var html = new ReportHtml(await File.ReadAllTextAsync(PathOf(run)));
        await using var browser = await Browser.OpenAsync(PathOf(run), script: false);

        Assert.Equal(html.WithClass("finding").Count().ToString(CultureInfo.InvariantCulture), await browser.AskAsync(Shown));
        Assert.Equal("false", await browser.AskAsync("document.getElementById('filters').checkVisibility() || document.getElementById('theme').checkVisibility()"));
    }

    [BrowserFact]
    public async Task Hostile_data_does_nothing()
    {
        using var run = await ReportAsync(HostileData.File());
        await using var browser = await Browser.OpenAsync(PathOf(run));

        // Whatever waits for the mouse, the focus or time has had its chance.
        _ = await browser.AskAsync("document.querySelectorAll('body *').forEach(e => { e.dispatchEvent(new MouseEvent('mouseover', { bubbles: true })); e.focus && e.focus(); })");
        await Task.Delay(300);

        Assert.Equal("undefined", await browser.AskAsync("typeof window.pwned"));
        Assert.Equal("1", await browser.AskAsync("document.scripts.length"));
        Assert.Equal("0", await browser.AskAsync("document.querySelectorAll('iframe, img, base, object, embed, link').length"));
        Assert.Equal("0", await browser.AskAsync("[...document.querySelectorAll('*')].filter(e => [...e.attributes].some(a => a.name.startsWith('on') || a.name === 'style')).length"));
        Assert.Equal("0", await browser.AskAsync("[...document.querySelectorAll('a')].filter(a => !a.href.startsWith('https://github.com/aiguardrails/') && !a.getAttribute('href').startsWith('#')).length"));
        Assert.Empty(browser.Complaints);
    }

    private static async Task<ToolRun> ReportAsync(byte[]? hostile = null)
    {
        var run = new ToolRun();
        if (hostile is null)
        {
            _ = run
                .Write("train.jsonl", Chats.Many(120) + Chats.Line("question 3", "other") + Chats.Line("a", "TODO") + "{\"messages\":]}\n")
                .Write("valid.jsonl", Chats.Many(20, "valid ") + Chats.Line("question 7", "known"));
        }
        else
        {
            await File.WriteAllBytesAsync(Path.Combine(run.Folder, "train.jsonl"), hostile);
            _ = run.Write("valid.jsonl", Chats.Line(HostileData.Attempts[0], "x"));
        }

        var exitCode = await run.RunAsync(
            "report", "--data", "train.jsonl", "--target", "openai-chat", "--validation", "valid.jsonl", "--base-model", "gpt-4.1-mini-2025-04-14", "--max-cost", "0.01", "--today", "2026-06-01", "-o", "report.html");
        Assert.True(exitCode == ExitCodes.Clean, run.Error);
        return run;
    }

    private static string PathOf(ToolRun run) => Path.Combine(run.Folder, "report.html");
}
