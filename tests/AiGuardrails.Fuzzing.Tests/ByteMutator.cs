namespace AiGuardrails.Fuzzing.Tests;

/// <summary>Makes damaged files of good ones, in pieces that parsers stumble over.</summary>
internal sealed class ByteMutator(Random random)
{
    private static readonly byte[][] s_pieces =
    [
        [0], [0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xE2, 0x80], [0xEF, 0xBB, 0xBF], [0xE2, 0x80, 0xA8], [0xF3, 0xA0, 0x81, 0x81],
        .. new[]
        {
            "\"", "\\", "\\u", "\\uD800", "\\uDC00\\uD800", "\\x", "{", "}", "[", "]", ":", ",", ",,", "null", "true", "-", "-0", "1e999", "01", ".5", "1.", "\r", "\r\n", "\n", "\n\n", "\t", " ",
            "{\"messages\":", "\"role\":\"system\"", "\"content\":\"\"", "---\n", "# system\n", "# user\n", "# Wizard\n", "{{", "}}", "{Name}", "{ Name", "```", "\\#", "id: x\n", "version: -1\n",
        }.Select(System.Text.Encoding.UTF8.GetBytes),
        System.Text.Encoding.UTF8.GetBytes(new string('[', 300)),
        System.Text.Encoding.UTF8.GetBytes(new string('a', 5_000)),
    ];

    public byte[] Mutate(byte[] bytes)
    {
        var mutant = bytes.ToList();
        for (var edits = random.Next(1, 5); edits > 0; edits--)
        {
            var at = random.Next(mutant.Count + 1);
            var length = Math.Min(random.Next(1, 20), mutant.Count - at);
            switch (random.Next(6))
            {
                case 0:
                    mutant.RemoveRange(at, mutant.Count - at);
                    break;
                case 1:
                    mutant.RemoveRange(at, length);
                    break;
                case 2:
                    mutant.InsertRange(at, mutant.GetRange(at, length));
                    break;
                case 3 when at < mutant.Count:
                    mutant[at] ^= (byte)(1 << random.Next(8));
                    break;
                default:
                    mutant.InsertRange(at, s_pieces[random.Next(s_pieces.Length)]);
                    break;
            }
        }

        return [.. mutant];
    }
}
