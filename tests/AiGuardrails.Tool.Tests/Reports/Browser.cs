using System.Diagnostics;
using System.Globalization;
using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace AiGuardrails.Tool.Tests.Reports;

/// <summary>Chromium without a window, driven by the DevTools protocol; one page, and what it complained about.</summary>
internal sealed class Browser : IAsyncDisposable
{
    public const string Variable = "AIGUARDRAILS_BROWSER";

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(90);
    private static readonly string[] s_names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge"];

    private readonly Process _process;
    private readonly string _profile;
    private readonly ClientWebSocket _socket = new();
    private readonly List<string> _complaints = [];
    private readonly HashSet<string> _events = new(StringComparer.Ordinal);
    private int _calls;

    private Browser(Process process, string profile)
    {
        _process = process;
        _profile = profile;
    }

    public static string? Path { get; } = Find();

    /// <summary>Gets errors of scripts, of the policy and of the network, dialogs, and requests for anything but the page.</summary>
    public IReadOnlyList<string> Complaints => _complaints;

    public static async Task<Browser> OpenAsync(string file, int width = 1000, int height = 1200, bool dark = false, bool script = true)
    {
        var profile = Directory.CreateTempSubdirectory("aiguardrails-browser-").FullName;
        var start = new ProcessStartInfo(Path!) { RedirectStandardError = true, RedirectStandardOutput = true, UseShellExecute = false };

        // Without a sandbox: it opens nothing but a page of the test, and in a container there may be none.
        foreach (var argument in (string[])["--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--remote-debugging-port=0", "--user-data-dir=" + profile, "about:blank"])
        {
            start.ArgumentList.Add(argument);
        }

        var process = Process.Start(start)!;
        process.OutputDataReceived += static (_, _) => { };
        process.ErrorDataReceived += static (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();

        var browser = new Browser(process, profile);
        try
        {
            await browser.ConnectAsync();
            foreach (var domain in (string[])["Page", "Runtime", "Log", "Network"])
            {
                _ = await browser.CallAsync(domain + ".enable");
            }

            await browser.ResizeAsync(width, height);
            await browser.SetSchemeAsync(dark);
            _ = await browser.CallAsync("Emulation.setScriptExecutionDisabled", new JsonObject { ["value"] = !script });
            _ = await browser.CallAsync("Page.navigate", new JsonObject { ["url"] = new Uri(file).AbsoluteUri });
            await browser.WaitForAsync("Page.loadEventFired");
            return browser;
        }
        catch
        {
            await browser.DisposeAsync();
            throw;
        }
    }

    public Task ResizeAsync(int width, int height) => CallAsync("Emulation.setDeviceMetricsOverride", new JsonObject
    {
        ["width"] = width,
        ["height"] = height,
        ["deviceScaleFactor"] = 1,
        ["mobile"] = width < 500,
    });

    public Task SetSchemeAsync(bool dark) => CallAsync("Emulation.setEmulatedMedia", new JsonObject
    {
        ["features"] = new JsonArray(new JsonObject { ["name"] = "prefers-color-scheme", ["value"] = dark ? "dark" : "light" }),
    });

    /// <summary>The value of an expression, as text.</summary>
    public async Task<string> AskAsync(string expression)
    {
        var answer = await CallAsync("Runtime.evaluate", new JsonObject { ["expression"] = $"String({expression})", ["returnByValue"] = true });
        return answer["exceptionDetails"] is null ? (string)answer["result"]!["value"]! : throw new InvalidOperationException(answer.ToJsonString());
    }

    /// <summary>Asks until the answer is the expected one: what the page does takes a moment.</summary>
    public async Task<string> AskUntilAsync(string expression, string expected)
    {
        var answer = "";
        for (var attempt = 0; attempt < 100 && (answer = await AskAsync(expression)) != expected; attempt++)
        {
            await Task.Delay(50);
        }

        return answer;
    }

    /// <summary>Types as a person does: every key goes to what has the focus.</summary>
    public async Task TypeAsync(string text)
    {
        foreach (var c in text)
        {
            await KeyAsync(c.ToString(), c.ToString());
        }
    }

    public async Task KeyAsync(string key, string? text = null)
    {
        var code = key switch { "Tab" => 9, "Enter" => 13, "Escape" => 27, "ArrowDown" => 40, _ => 0 };
        foreach (var type in (string[])["keyDown", "keyUp"])
        {
            var call = new JsonObject { ["type"] = type, ["key"] = key, ["windowsVirtualKeyCode"] = code };
            if (type == "keyDown" && text is not null)
            {
                call["text"] = text;
            }

            _ = await CallAsync("Input.dispatchKeyEvent", call);
        }
    }

    /// <summary>A picture of what is on the screen, as PNG.</summary>
    public async Task<byte[]> ScreenshotAsync() =>
        Convert.FromBase64String((string)(await CallAsync("Page.captureScreenshot", new JsonObject { ["format"] = "png" }))["data"]!);

    public async ValueTask DisposeAsync()
    {
        _socket.Dispose();
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
        for (var attempt = 0; attempt < 20 && Directory.Exists(_profile); attempt++)
        {
            try
            {
                Directory.Delete(_profile, recursive: true);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // Helpers of the browser end a moment after it.
                await Task.Delay(100);
            }
        }
    }

    private static string? Find()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } given)
        {
            return File.Exists(given) ? given : null;
        }

        return (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(System.IO.Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .SelectMany(static folder => s_names.Select(name => System.IO.Path.Combine(folder, OperatingSystem.IsWindows() ? name + ".exe" : name)))
            .FirstOrDefault(File.Exists);
    }

    private async Task ConnectAsync()
    {
        using var patience = new CancellationTokenSource(s_patience);
        var port = System.IO.Path.Combine(_profile, "DevToolsActivePort");
        while (!File.Exists(port) || (await File.ReadAllLinesAsync(port, patience.Token)).Length < 2)
        {
            if (_process.HasExited)
            {
                throw new InvalidOperationException($"The browser ended with {_process.ExitCode.ToString(CultureInfo.InvariantCulture)} before it could be asked.");
            }

            await Task.Delay(50, patience.Token);
        }

        var address = $"http://127.0.0.1:{(await File.ReadAllLinesAsync(port, patience.Token))[0]}/json";
        using var http = new HttpClient();
        var targets = JsonNode.Parse(await http.GetStringAsync(new Uri(address), patience.Token))!.AsArray();
        var page = targets.First(static target => (string)target!["type"]! == "page")!;
        await _socket.ConnectAsync(new Uri((string)page["webSocketDebuggerUrl"]!), patience.Token);
    }

    private async Task<JsonNode> CallAsync(string method, JsonObject? parameters = null)
    {
        using var patience = new CancellationTokenSource(s_patience);
        var id = ++_calls;
        var call = new JsonObject { ["id"] = id, ["method"] = method, ["params"] = parameters ?? [] };
        await _socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(call), WebSocketMessageType.Text, endOfMessage: true, patience.Token);
        while (true)
        {
            var message = await ReceiveAsync(patience.Token);
            if ((int?)message["id"] == id)
            {
                return message["result"] ?? throw new InvalidOperationException($"{method}: {message.ToJsonString()}");
            }
        }
    }

    private async Task WaitForAsync(string name)
    {
        using var patience = new CancellationTokenSource(s_patience);
        while (!_events.Contains(name))
        {
            _ = await ReceiveAsync(patience.Token);
        }
    }

    private async Task<JsonNode> ReceiveAsync(CancellationToken cancellationToken)
    {
        using var buffer = new MemoryStream();
        var piece = new byte[64 * 1024];
        WebSocketReceiveResult received;
        do
        {
            received = await _socket.ReceiveAsync(piece, cancellationToken);
            await buffer.WriteAsync(piece.AsMemory(0, received.Count), cancellationToken);
        }
        while (!received.EndOfMessage);

        var message = JsonNode.Parse(buffer.ToArray())!;
        Note(message);
        return message;
    }

    private void Note(JsonNode message)
    {
        if ((string?)message["method"] is not { } name)
        {
            return;
        }

        _ = _events.Add(name);
        var isComplaint = name switch
        {
            "Runtime.exceptionThrown" or "Page.javascriptDialogOpening" => true,
            "Runtime.consoleAPICalled" => (string?)message["params"]!["type"] is "error" or "warning" or "assert",
            "Log.entryAdded" => (string?)message["params"]!["entry"]!["level"] is "error" or "warning",
            "Network.requestWillBeSent" => (string?)message["params"]!["request"]!["url"] is { } url && !url.StartsWith("file:", StringComparison.Ordinal),
            _ => false,
        };
        if (isComplaint)
        {
            _complaints.Add(message.ToJsonString());
        }
    }
}
