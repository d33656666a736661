using System.Text;

namespace AiGuardrails.Tool.Tests.Reports;

/// <summary>Training data of somebody who wants the page to do something.</summary>
internal static class HostileData
{
    public static readonly string[] Attempts =
    [
        "<script>window.pwned=1;alert(1)</script>",
        "</script><script>window.pwned=1</script>",
        "</style><img src=x onerror=window.pwned=1>",
        "\" onmouseover=\"window.pwned=1\" autofocus onfocus=\"window.pwned=1",
        "'><svg onload=window.pwned=1>",
        "</title><iframe src=javascript:parent.pwned=1></iframe>",
        "--><base href=https://example.invalid/><meta http-equiv=refresh content=0>",
        "&lt;script&gt;window.pwned=1&lt;/script&gt;",
        "javascript:window.pwned=1",
        "{{constructor.constructor('window.pwned=1')()}}",
        "\u202Egnp.cilbup\u2066\u200B\uFEFF",
        "\u0000\u0007\u001B[31m\u2028\u2029\uFFFE",
    ];

    /// <summary>Every attempt as a question, as an answer, as a label and as a conflict, with lines that are no JSON at all.</summary>
    public static byte[] File()
    {
        var text = new StringBuilder();
        for (var round = 0; round < 4; round++)
        {
            foreach (var attempt in Attempts)
            {
                _ = text.Append(Chats.Line(attempt, round % 2 == 0 ? attempt : "other " + attempt));
            }
        }

        foreach (var attempt in Attempts)
        {
            _ = text.Append(attempt.Replace('\n', ' ')).Append('\n');
            _ = text.Append("{\"messages\":[{\"role\":\"").Append(attempt.Replace("\"", "\\\"", StringComparison.Ordinal)).Append("\",\"content\":\"x\"}]}\n");
        }

        _ = text.Append("""{"messages":[{"role":"user","content":"half \ud83d"},{"role":"assistant","content":"\ude00 half"}]}""").Append('\n');
        _ = text.Append(Chats.Line(new string('<', 300_000), new string('"', 300_000)));
        return [.. Encoding.UTF8.GetBytes(text.ToString()), 0xFF, 0xFE, 0xED, 0xA0, 0x80, (byte)'\n'];
    }
}
