using System.Text;
using AiGuardrails.Core.Training.Linting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace AiGuardrails.Analyzers.Rules.TrainingData;

/// <summary>
/// A data file as the compiler holds it, given to the linter as bytes, and the way back from the bytes to places in the text.
/// </summary>
/// <remarks>
/// The compiler has decoded the file: a byte-order mark is gone. Bytes that are not UTF-8 have become replacement characters, or
/// the characters of a code page; those go back to the bytes that they were, so that the linter meets what is in the file.
/// </remarks>
internal sealed class DataFileText(SourceText text)
{
    private const int BlockLength = 8 * 1024;

    private static readonly byte[] s_utf16Mark = [0xFF, 0xFE];

    private readonly Encoding _encoding = text.Encoding is { IsSingleByte: true } codePage ? codePage : Encoding.UTF8;

    // Where each block begins, in the text and in the bytes.
    private readonly List<int> _starts = [];
    private readonly List<long> _offsets = [];

    /// <summary>Gives the file to the linter, piece by piece; false where it has more bytes than it may have.</summary>
    public bool WriteTo(TrainingLinter linter, long maxBytes, CancellationToken cancellationToken)
    {
        // Every character has a byte at the least.
        if (text.Length > maxBytes)
        {
            return false;
        }

        // The linter says what is wrong with such a file from its first bytes on, and looks no further.
        if (text.Encoding is UnicodeEncoding or UTF32Encoding)
        {
            linter.Write(s_utf16Mark);
            return true;
        }

        var characters = new char[BlockLength];
        var bytes = new byte[_encoding.GetMaxByteCount(characters.Length)];
        var offset = 0L;
        for (var start = 0; start < text.Length;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var length = Read(start, characters);
            _starts.Add(start);
            _offsets.Add(offset);
            var count = _encoding.GetBytes(characters, 0, length, bytes, 0);
            linter.Write(bytes.AsSpan(0, count));
            start += length;
            offset += count;
            if (offset > maxBytes)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The place of a finding, in the lines of the text: the compiler knows more line ends than JSON Lines.</summary>
    public Location LocationOf(LintFinding finding, string path)
    {
        // What is said of the whole file stands at its beginning.
        var start = PositionOf(finding.Offset, up: false);
        var span = TextSpan.FromBounds(start, Math.Max(start, PositionOf(finding.Offset + finding.Length, up: true)));
        return Location.Create(path, span, text.Lines.GetLinePositionSpan(span));
    }

    private int PositionOf(long offset, bool up)
    {
        var index = _offsets.BinarySearch(offset);
        index = index < 0 ? ~index - 1 : index;
        if (index < 0)
        {
            return 0;
        }

        // A buffer of its own: several threads may ask.
        var start = _starts[index];
        var position = _offsets[index];
        var characters = new char[BlockLength];
        var length = Read(start, characters);
        for (var i = 0; i < length; i++)
        {
            if (position >= offset)
            {
                return start + i;
            }

            var isPair = !_encoding.IsSingleByte && char.IsHighSurrogate(characters[i]) && i + 1 < length && char.IsLowSurrogate(characters[i + 1]);
            position += _encoding.IsSingleByte ? 1 : isPair ? 4 : characters[i] switch
            {
                < '\u0080' => 1,
                < '\u0800' => 2,
                _ => 3,
            };

            if (position > offset && !up)
            {
                return start + i;
            }

            i += isPair ? 1 : 0;
        }

        return start + length;
    }

    /// <summary>Reads a block, which ends in no half of a pair.</summary>
    private int Read(int start, char[] characters)
    {
        var length = Math.Min(characters.Length, text.Length - start);
        text.CopyTo(start, characters, 0, length);
        return length > 1 && start + length < text.Length && char.IsHighSurrogate(characters[length - 1]) ? length - 1 : length;
    }
}
