using System.Text;
using AiGuardrails.Core.Training;

namespace AiGuardrails.Core.Tests.Training;

public sealed class ChatLineTests
{
    [Fact]
    public void Members_come_in_any_order()
    {
        var line = new ChatLine();
        var utf8 = """ { "messages" : [ { "content" : "q" , "role" : "user" }, {"weight":0,"content":"\u0061","role":"assistant"} ] } """u8.ToArray();

        Assert.Null(line.Parse(utf8));
        Assert.Equal([MessageKind.User, MessageKind.AssistantNotTrained], line.Messages.ToArray().Select(static message => message.Kind));
        Assert.Equal(["q", "\\u0061"], line.Messages.ToArray().Select(message => Encoding.UTF8.GetString(utf8, message.TextOffset, message.TextLength)));
    }

    [Fact]
    public void A_line_with_many_messages_grows_the_storage_and_the_next_starts_anew()
    {
        var line = new ChatLine();
        var many = "{\"messages\":[" + string.Join(',', Enumerable.Repeat("{\"role\":\"user\",\"content\":\"q\"}", 100)) + "]}";

        Assert.Null(line.Parse(Encoding.UTF8.GetBytes(many)));
        Assert.Equal(100, line.Messages.Length);
        Assert.Null(line.Parse("""{"messages":[]}"""u8));
        Assert.Equal(0, line.Messages.Length);
    }

    [Theory]
    [InlineData("[]", 0, "a line is a JSON object")]
    [InlineData("\"text\"", 0, "a line is a JSON object")]
    [InlineData("{}", 1, "'messages' is missing")]
    [InlineData("{\"messages\":{}}", 12, "'messages' is a list of messages")]
    [InlineData("{\"messages\":null}", 12, "'messages' is a list of messages")]
    [InlineData("{\"messages\":[],\"messages\":[]}", 15, "'messages' is there twice")]
    [InlineData("{\"messages\":[],\"tools\":[]}", 15, "'tools' has no place in the record and would be lost")]
    [InlineData("{\"messages\":[1]}", 13, "message 1 is not an object")]
    [InlineData("{\"messages\":[{}]}", 13, "message 1 has no 'role'")]
    [InlineData("{\"messages\":[{\"role\":\"user\"}]}", 13, "message 1 has no 'content'")]
    [InlineData("{\"messages\":[{\"role\":\"bot\",\"content\":\"x\"}]}", 21, "message 1 has the role 'bot'; a record holds the roles 'system', 'user' and 'assistant'")]
    [InlineData("{\"messages\":[{\"role\":1,\"content\":\"x\"}]}", 21, "the 'role' of message 1 is not a string")]
    [InlineData("{\"messages\":[{\"role\":\"user\",\"role\":\"user\"}]}", 28, "message 1 has its 'role' twice")]
    [InlineData("{\"messages\":[{\"content\":\"x\",\"content\":\"x\"}]}", 28, "message 1 has its 'content' twice")]
    [InlineData("{\"messages\":[{\"role\":\"user\",\"content\":null}]}", 38, "the 'content' of message 1 is null, where a record holds text")]
    [InlineData("{\"messages\":[{\"role\":\"user\",\"content\":[]}]}", 38, "the 'content' of message 1 is a list of parts, where a record holds text")]
    [InlineData("{\"messages\":[{\"role\":\"user\",\"content\":\"\\ud800\"}]}", 38, "the 'content' of message 1 holds an escaped surrogate without its other half, which is no character")]
    [InlineData("{\"messages\":[{\"role\":\"user\",\"content\":\"x\",\"name\":\"y\"}]}", 42, "'name' of message 1 has no place in the record and would be lost")]
    [InlineData("{\"messages\":[{\"role\":\"user\",\"content\":\"x\",\"weight\":1}]}", 51, "message 1 has a 'weight', which only an assistant message can have")]
    [InlineData("{\"messages\":[{\"role\":\"assistant\",\"content\":\"x\",\"weight\":1.0}]}", 56, "the 'weight' of message 1 is not the number 0 or 1")]
    [InlineData("{\"messages\":[{\"role\":\"assistant\",\"content\":\"x\",\"weight\":true}]}", 56, "the 'weight' of message 1 is not the number 0 or 1")]
    [InlineData("{\"messages\":[{\"role\":\"assistant\",\"content\":\"x\",\"weight\":2}]}", 56, "the 'weight' of message 1 is not the number 0 or 1")]
    [InlineData("{\"messages\":[{\"weight\":0,\"weight\":0}]}", 25, "message 1 has its 'weight' twice")]
    [InlineData("{\"messages\":[]", 14, "this is not JSON: the text ends inside a value")]
    [InlineData("{\"messages\":[]}x", 15, "this is not JSON: more text after the value")]
    [InlineData("{\"messages\":[{\"role\":", 21, "this is not JSON: the text ends inside a value")]
    [InlineData("", 0, "this is not JSON: there is no value")]
    public void What_a_record_cannot_hold_is_an_error_with_its_place(string text, int offset, string reason) =>
        Assert.Equal(new LineError(reason, offset), new ChatLine().Parse(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void An_unreadable_name_stays_out_of_the_message()
    {
        var error = new ChatLine().Parse(Encoding.UTF8.GetBytes("{\"" + new string('x', 500) + "\":1}"));

        Assert.Equal("a long or unreadable name has no place in the record and would be lost", error?.Reason);
    }
}
