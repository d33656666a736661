using System.Text;
using AiGuardrails.Core.Json;

namespace AiGuardrails.Core.Tests.Json;

public sealed class TextPositionTests
{
    [Theory]
    [InlineData("", 0, 1, 1)]
    [InlineData("abc", 2, 1, 3)]
    [InlineData("abc", 99, 1, 4)]
    [InlineData("a\nbc", 2, 2, 1)]
    [InlineData("a\nbc", 1, 1, 2)]
    [InlineData("a\r\nbc", 4, 2, 2)]
    [InlineData("é汉x", 5, 1, 3)]
    [InlineData("😀x", 4, 1, 3)]
    public void Columns_count_utf16_code_units(string text, int offset, int line, int column) =>
        Assert.Equal(new TextPosition(line, column), TextPosition.Of(Encoding.UTF8.GetBytes(text), offset));
}
