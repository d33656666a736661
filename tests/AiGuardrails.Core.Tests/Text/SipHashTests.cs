using AiGuardrails.Core.Text;

namespace AiGuardrails.Core.Tests.Text;

public sealed class SipHashTests
{
    // The test vectors of the authors: the key 00 01 … 0F, and the texts of 0, 1, 2 … bytes 00 01 02 ….
    [Theory]
    [InlineData(0, 0x726FDB47DD0E0E31)]
    [InlineData(1, 0x74F839C593DC67FD)]
    [InlineData(7, 0xAB0200F58B01D137)]
    [InlineData(8, 0x93F5F5799A932462)]
    [InlineData(15, 0xA129CA6149BE45E5)]
    [InlineData(16, 0x3F2ACC7F57C29BDB)]
    [InlineData(63, 0x958A324CEB064572)]
    public void Vectors_of_the_authors_are_met(int length, ulong expected) =>
        Assert.Equal(expected, SipHash.Hash(0x0706050403020100, 0x0F0E0D0C0B0A0908, Enumerable.Range(0, length).Select(static i => (byte)i).ToArray()));
}
