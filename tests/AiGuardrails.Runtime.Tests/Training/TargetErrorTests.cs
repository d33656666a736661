namespace AiGuardrails.Runtime.Tests.Training;

/// <summary>What is refused, and how it is said, beyond the chats of OpenAI.</summary>
public sealed class TargetErrorTests
{
    private const string System = """{"system":"You classify support tickets.","messages":""";

    [Theory]
    [InlineData("bedrock-haiku", """{"messages":[{"role":"user","content":"q"},{"role":"assistant","content":"a"}]}""", "memory(1,14): 'Persona': the line has nothing for it")]
    [InlineData("bedrock-haiku", System + """[{"role":"user","content":"q"}]}""", "memory(1,86): 'Answer': the line has nothing for it")]
    [InlineData("bedrock-haiku", System + """[{"role":"user","content":"q"},{"role":"assistant","content":"a"},{"role":"user","content":"q"}]}""", "memory(1,120): message 3 has no member left that it could go to")]
    [InlineData("bedrock-haiku", System + """[{"role":"user","content":"q","name":"x"},{"role":"assistant","content":"a"}]}""", "memory(1,55): 'Question': message 1 is not what is expected for it: 'name' has no place in the record and would be lost")]
    [InlineData("bedrock-haiku", System + """[{"role":"assistant","content":"a"},{"role":"user","content":"q"}]}""", "memory(1,55): 'Question': message 1 is not what is expected for it: 'role' is not 'user'")]
    [InlineData("bedrock-haiku", System + """[{"role":"user","content":["q"]},{"role":"assistant","content":"a"}]}""", "memory(1,80): 'Question': it is a list, where the record holds text")]
    [InlineData("bedrock-haiku", System + """[{"role":"user","content":" "},{"role":"assistant","content":"a"}]}""", "memory(1,80): 'Question': the text is empty or white space only")]
    [InlineData("bedrock-haiku", """{"system":"Something else.","messages":[{"role":"user","content":"q"},{"role":"assistant","content":"a"}]}""", "memory(1,11): 'Persona': the text in the file differs from the static property, from character 1 on; the file was written with another text")]
    [InlineData("bedrock-haiku", System + """[],"tools":[]}""", "memory(1,65): 'tools' has no place in the record and would be lost")]
    [InlineData("bedrock-haiku", System + """[],"messages":[]}""", "memory(1,57): 'messages' is there twice")]
    [InlineData("bedrock-converse", """{"schemaVersion":"2","system":[],"messages":[]}""", "memory(1,18): 'schemaVersion' is not 'bedrock-conversation-2024'")]
    [InlineData("bedrock-converse", """{"system":[],"messages":[]}""", "memory(1,1): the line has no 'schemaVersion'")]
    [InlineData("gemini", """{"contents":{}}""", "memory(1,13): 'contents' is an object, where a list is expected")]
    [InlineData("gemini", "[]", "memory(1,1): the line is a list, where an object is expected")]
    [InlineData("gemini", """{"contents":[}""", "memory(1,14): this is not JSON: ")]
    public void A_line_of_another_form_says_where_and_why(string target, string line, string message)
    {
        var exception = Assert.Throws<TrainingRecordException>(() => Lines.Read<Ticket>(TrainingTarget.Parse(target), line));

        Assert.StartsWith(message, exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"contents":[{"role":"user","parts":[{"text":"q"}]}],"references":{"unit":"m","answer":"391"}}""", null)]
    [InlineData("""{"contents":[{"role":"user","parts":[{"text":"q"}]}],"references":{"unit":"m"}}""", "memory(1,80): 'Answer': the line has nothing for it")]
    [InlineData("""{"contents":[{"role":"user","parts":[{"text":"q"}]}],"references":{"unit":"m","answer":391}}""", "memory(1,88): 'Answer': it is a number, where the record holds text")]
    [InlineData("""{"contents":[{"role":"user","parts":[{"text":"q"}]}],"references":{"unit":"m","answer":"x"}}""", "memory(1,1): 'Answer': ")]
    [InlineData("""{"contents":[{"role":"user","parts":[{"text":"q"}]}],"references":{"unit":"m","answer":"1","other":"2"}}""", "memory(1,100): 'other' has no place in the record and would be lost")]
    public void A_field_of_another_kind_says_where_and_why(string line, string? message)
    {
        if (message is null)
        {
            Assert.Equal(new Sum("q", 391, "m"), Lines.Read<Sum>(TrainingTarget.GeminiRL, line));
            return;
        }

        Assert.StartsWith(message, Assert.Throws<TrainingRecordException>(() => Lines.Read<Sum>(TrainingTarget.GeminiRL, line)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"instruction":"q","input":"","output":"a"}""", null)]
    [InlineData("""{"instruction":"q","input":null,"output":"a","history":[]}""", null)]
    [InlineData("""{"instruction":"q","input":"x","output":"a"}""", "memory(1,28): 'input' has no place in the record and would be lost")]
    [InlineData("""{"instruction":"q","output":"a","history":[["x","y"]]}""", "memory(1,43): 'history' has no place in the record and would be lost")]
    [InlineData("""{"instruction":"q","output":"a","note":""}""", "memory(1,40): 'note' has no place in the record and would be lost")]
    public void Columns_of_alpaca_may_be_there_with_nothing_in_them(string line, string? message)
    {
        if (message is null)
        {
            Assert.Equal(new Continuation("q", "a"), Lines.Read<Continuation>(TrainingTarget.Alpaca, line));
            return;
        }

        Assert.StartsWith(message, Assert.Throws<TrainingRecordException>(() => Lines.Read<Continuation>(TrainingTarget.Alpaca, line)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_value_without_a_name_is_refused() =>
        AssertRefused(new Classified { Ticket = "q", Team = (Team)17 }, TrainingTarget.OpenAIChat, "Team", "its value has no name in its enumeration; give it one that has");

    [Fact]
    public void A_number_that_json_lacks_is_refused() =>
        AssertRefused(new Graded { Question = "q", Answer = "a", Score = double.NaN }, TrainingTarget.OpenAIRft, "Score", "it is NaN, which JSON has no number for");

    [Fact]
    public void A_call_that_is_null_is_refused() =>
        AssertRefused(new CallOnly("q", null!), TrainingTarget.OpenAIChat, "Request", "it is null, and every record needs it; give it a text, or declare it 'string?' if the message may be left out");

    [Fact]
    public void An_empty_list_is_refused() =>
        AssertRefused(new Graded { Question = "q", Answer = "a", Digits = [] }, TrainingTarget.OpenAIRft, "Digits", "it is empty; a list needs an item");

    [Fact]
    public void Turns_that_a_target_cannot_hold_are_refused()
    {
        var call = new ChatTurnCall("call_1", "get_weather", "{}");

        AssertRefused(new Talk { Turns = [] }, TrainingTarget.OpenAIChat, "Turns", "it is empty; a conversation has a turn");
        AssertRefused(new Talk { Turns = [ChatTurn.User("q"), ChatTurn.User("r"), ChatTurn.Assistant("a")] }, TrainingTarget.BedrockHaiku, "Turns", "two messages of the role 'user' in a row");
        AssertRefused(new Talk { Turns = [ChatTurn.User("q"), ChatTurn.Assistant("a", weight: 0)] }, TrainingTarget.Gemini, "Turns", "turn 2 of it has a weight, for which the target has no place");
        AssertRefused(new Talk { Turns = [ChatTurn.User("q", "https://example.org/a.png"), ChatTurn.Assistant("a")] }, TrainingTarget.Gemini, "Turns", "turn 1 of it holds an image, for which the target has no place");
        AssertRefused(new Talk { Turns = [ChatTurn.User("q"), ChatTurn.Calls(call), ChatTurn.Assistant("a")] }, TrainingTarget.OpenAIChat, "Turns", "the call 'call_1' is not answered, and the conversation goes on");
        AssertRefused(new Talk { Turns = [ChatTurn.User("q"), ChatTurn.Calls(call)] }, TrainingTarget.MistralChat, "Turns", "turn 2 of it: the call is 'call_1', and the target asks for exactly nine letters and digits");
        AssertRefused(new Talk { Turns = [ChatTurn.User("q"), ChatTurn.Calls(new ChatTurnCall("1", "get", "["))] }, TrainingTarget.OpenAIChat, "Turns", "turn 2 of it: the arguments of 'get' are no JSON object on one line");
        AssertRefused(new Talk { Turns = [ChatTurn.User("q"), ChatTurn.Assistant(" ")] }, TrainingTarget.OpenAIChat, "Turns", "turn 2 of it: it is white space only; a message needs a text");
        AssertRefused(new Dialogue { Turns = [ChatTurn.System("s"), ChatTurn.User("q"), ChatTurn.Assistant("a")] }, TrainingTarget.OpenAIChat, "Turns", "it begins with instructions, which a file could not tell from those of the record; give them to the record");
    }

    [Fact]
    public void Reserved_words_are_refused_where_they_are_reserved()
    {
        var record = new Positional("q\nHuman: me", "a");

        Assert.NotEmpty(Lines.Write(TrainingTarget.OpenAIChat, record));
        AssertRefused(record, TrainingTarget.BedrockHaiku, "Question", "it holds 'Human:' at the start of a line, which the target takes for a turn of its own; write it in another way");
    }

    private static void AssertRefused<T>(T record, TrainingTarget target, string member, string reason)
        where T : ITrainingRecord<T>
    {
        var exception = Assert.Throws<TrainingRecordException>(() => Lines.Write(target, record));

        Assert.Equal((member, reason), (exception.MemberName, exception.Reason));
    }
}
