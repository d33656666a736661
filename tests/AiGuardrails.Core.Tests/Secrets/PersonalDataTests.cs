using System.Text;
using AiGuardrails.Core.Secrets;

namespace AiGuardrails.Core.Tests.Secrets;

public sealed class PersonalDataTests
{
    [Theory]
    [InlineData("Mail anna.berg+news@nordbank.co.uk.", nameof(PersonalDataKind.EmailAddress), "anna.berg+news@nordbank.co.uk")]
    [InlineData("<b_9@mail-host.io>", nameof(PersonalDataKind.EmailAddress), "b_9@mail-host.io")]
    [InlineData("card 4539 1488 0343 6467, thanks", nameof(PersonalDataKind.CardNumber), "4539 1488 0343 6467")]
    [InlineData("5425233430109903", nameof(PersonalDataKind.CardNumber), "5425233430109903")]
    [InlineData("6011-0009-9013-9424", nameof(PersonalDataKind.CardNumber), "6011-0009-9013-9424")]
    [InlineData("IBAN: DE75512108001245126199.", nameof(PersonalDataKind.BankAccount), "DE75512108001245126199")]
    [InlineData("IBAN CH56 0483 5012 3456 7800 9", nameof(PersonalDataKind.BankAccount), "CH56 0483 5012 3456 7800 9")]
    [InlineData("call +49 170 9876543 now", nameof(PersonalDataKind.PhoneNumber), "+49 170 9876543")]
    [InlineData("(+1 (415) 867-5309)", nameof(PersonalDataKind.PhoneNumber), "+1 (415) 867-5309")]
    [InlineData("from 81.2.69.142 at noon", nameof(PersonalDataKind.IpAddress), "81.2.69.142")]
    public void Data_is_found(string text, string kind, string data)
    {
        Assert.True(PersonalData.TryFind(Encoding.UTF8.GetBytes(text), 0, out var match));
        Assert.Equal((kind, data), (match.Kind.ToString(), text.Substring(match.Start, match.Length)));
        Assert.NotEmpty(match.Description.English);
        Assert.False(PersonalData.TryFind(Encoding.UTF8.GetBytes(text), match.Start + match.Length, out _));
    }

    [Theory]
    [InlineData("anna@example.com, bob@mail.example.org, c@test, d@localhost, e@x.test, f@site.invalid")]
    [InlineData("@mention, a@b, user@host, git@github.com:owner/repo.git, icon@2x.png, you@yourcompany.com")]
    [InlineData("4539 1488 0343 6468")]                     // the checksum is wrong
    [InlineData("4242 4242 4242 4242, 4111111111111111, 378282246310005")]
    [InlineData("order 4539148803436467123456, 1.4539148803436467")]
    [InlineData("DE75512108001245126198, DE75 5121, ZZ75512108001245126199, 3DE75512108001245126199")]
    [InlineData("5+4930901820, a+491709876543, +1234567890, +1 415 555 0132, +44 7700 900123, +00491709876543")]
    [InlineData("2+2=4, C++ 11, +5, +10 %")]
    [InlineData("10.0.0.1, 192.168.1.1, 172.16.5.4, 127.0.0.1, 8.8.8.8, 203.0.113.7, 198.51.100.1, 169.254.1.1, 255.255.255.0")]
    [InlineData("version 81.2.69.142, v81.2.69.142, 81.2.69.142.5, 300.1.1.1, 1.2.3, 01.2.3.4, 1.0.4.2, §81.2.69")]
    [InlineData("In 2024, 15 people paid 1,234,567.89 for 3 x 4 m, 2024-11-21 14:05:33.123")]
    public void Examples_and_other_numbers_are_left(string text) =>
        Assert.False(PersonalData.TryFind(Encoding.UTF8.GetBytes(text), 0, out var match), match.ToString());
}
