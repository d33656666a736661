using System.Buffers.Binary;
using System.IO.Compression;

namespace AiGuardrails.Tool.Tests.Reports;

/// <summary>As much of PNG as it takes to count colours: eight bits for each of red, green, blue, and perhaps alpha.</summary>
internal sealed class Picture
{
    private readonly byte[] _pixels;
    private readonly int _size;

    public Picture(ReadOnlySpan<byte> png)
    {
        using var packed = new MemoryStream();
        for (var at = 8; at < png.Length;)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(png[at..]);
            var data = png.Slice(at + 8, length);
            if (png.Slice(at + 4, 4).SequenceEqual("IHDR"u8))
            {
                (Width, Height) = (BinaryPrimitives.ReadInt32BigEndian(data), BinaryPrimitives.ReadInt32BigEndian(data[4..]));
                _size = data[9] switch { 2 => 3, 6 => 4, _ => throw new NotSupportedException("The picture has a palette.") };
            }
            else if (png.Slice(at + 4, 4).SequenceEqual("IDAT"u8))
            {
                packed.Write(data);
            }

            at += length + 12;
        }

        packed.Position = 0;
        using var zlib = new ZLibStream(packed, CompressionMode.Decompress);
        using var raw = new MemoryStream();
        zlib.CopyTo(raw);
        _pixels = Unfilter(raw.ToArray());
    }

    public int Width { get; }

    public int Height { get; }

    /// <summary>Each colour with the number of its pixels.</summary>
    public IReadOnlyDictionary<(byte Red, byte Green, byte Blue), int> Colours() => Enumerable.Range(0, Width * Height)
        .Select(pixel => (_pixels[pixel * _size], _pixels[(pixel * _size) + 1], _pixels[(pixel * _size) + 2]))
        .CountBy(static colour => colour)
        .ToDictionary();

    // Each line says how its bytes were foretold from those left, above, and above left of them.
    private byte[] Unfilter(byte[] raw)
    {
        var stride = Width * _size;
        var pixels = new byte[stride * Height];
        for (var y = 0; y < Height; y++)
        {
            var filter = raw[y * (stride + 1)];
            for (var x = 0; x < stride; x++)
            {
                var left = x < _size ? 0 : pixels[(y * stride) + x - _size];
                var above = y == 0 ? 0 : pixels[((y - 1) * stride) + x];
                var corner = x < _size || y == 0 ? 0 : pixels[((y - 1) * stride) + x - _size];
                var foretold = filter switch { 0 => 0, 1 => left, 2 => above, 3 => (left + above) / 2, _ => Paeth(left, above, corner) };
                pixels[(y * stride) + x] = (byte)(raw[(y * (stride + 1)) + 1 + x] + foretold);
            }
        }

        return pixels;
    }

    private static int Paeth(int left, int above, int corner)
    {
        var guess = left + above - corner;
        var (toLeft, toAbove, toCorner) = (Math.Abs(guess - left), Math.Abs(guess - above), Math.Abs(guess - corner));
        return toLeft <= toAbove && toLeft <= toCorner ? left : toAbove <= toCorner ? above : corner;
    }
}
