namespace AiGuardrails.Core.Tests.Training.Linting;

public sealed partial class TargetTests
{
    public static TheoryData<string, string> Accepted => new()
    {
        { "openai-chat", """{"messages":[{"role":"system","content":"Name the queue of a ticket."},{"role":"user","content":"I was charged twice."},{"role":"assistant","content":"billing"}]}""" },
        { "openai-chat", """{"messages":[{"role":"user","content":"Where is my parcel?"},{"role":"assistant","content":"shipping"}]}""" },
        { "openai-chat", """{"messages":[{"role":"user","content":"Highest mountain?"},{"role":"assistant","content":"Everest","weight":0},{"role":"user","content":"In a sentence."},{"role":"assistant","content":"Mount Everest is the highest mountain.","weight":1}]}""" },
        { "openai-chat", """{"messages":[{"role":"user","content":"Is it raining in Bergen?"},{"role":"assistant","tool_calls":[{"id":"call_1","type":"function","function":{"name":"get_weather","arguments":"{\"city\":\"Bergen\"}"}}]},{"role":"tool","tool_call_id":"call_1","content":"rain"},{"role":"assistant","content":"Yes, it is raining in Bergen."}],"tools":[{"type":"function","function":{"name":"get_weather","description":"The weather now","parameters":{"type":"object","properties":{"city":{"type":"string"}},"required":["city"]}}}],"parallel_tool_calls":false}""" },
        { "openai-chat", """{"messages":[{"role":"user","content":[{"type":"text","text":"What is this?"},{"type":"image_url","image_url":{"url":"https://images.example.com/1.png","detail":"low"}}]},{"role":"assistant","content":"A cat."}]}""" },
        { "openai-chat", """{"messages":[{"role":"user","content":"one"},{"role":"user","content":"two"},{"role":"assistant","content":"three"}]}""" },
        { "openai-chat", """{"messages":[{"role":"user","content":"Delete my account."},{"role":"assistant","content":[{"type":"refusal","refusal":"I cannot do that."}]}]}""" },
        { "openai-chat", """{ "messages" : [ { "content" : "q" , "role" : "user" } , { "weight" : 1 , "role" : "assistant" , "content" : "a" } ] }""" },
        { "openai-chat", """{"messages":[{"role":"user","content":"Is it raining in Bergen?"},{"role":"assistant","content":null,"tool_calls":[{"id":"call_1","type":"function","function":{"name":"get_weather","arguments":"{\"city\":\"Bergen\"}"}}]},{"role":"tool","tool_call_id":"call_1","content":"rain"},{"role":"assistant","content":"Yes, it is raining in Bergen."}],"tools":[{"type":"function","function":{"name":"get_weather","description":"The weather now","parameters":{"type":"object","properties":{"city":{"type":"string"}},"required":["city"]}}}],"parallel_tool_calls":false}""" },
        { "openai-chat", """{"messages":[{"role":"user","content":"Is it raining in Bergen?"},{"role":"assistant","content":"","tool_calls":[{"id":"call_1","type":"function","function":{"name":"get_weather","arguments":"{\"city\":\"Bergen\"}"}}]},{"role":"tool","tool_call_id":"call_1","content":"rain"},{"role":"assistant","content":"Yes, it is raining in Bergen."}],"tools":[{"type":"function","function":{"name":"get_weather","description":"The weather now","parameters":{"type":"object","properties":{"city":{"type":"string"}},"required":["city"]}}}],"parallel_tool_calls":false}""" },
        { "openai-dpo", """{"input":{"messages":[{"role":"user","content":"Why is the sky blue?"}]},"preferred_output":[{"role":"assistant","content":"Air scatters short waves of light more than long ones."}],"non_preferred_output":[{"role":"assistant","content":"It just is."}]}""" },
        { "openai-rft", """{"messages":[{"role":"developer","content":"Answer with a number."},{"role":"user","content":"19*7?"}],"answer":"133"}""" },
        { "openai-rft", """{"messages":[{"role":"developer","content":"Answer with a number."},{"role":"user","content":"19*7?"}],"answer":133,"unit":{"name":"none"}}""" },
        { "azure-chat", """{"messages":[{"role":"system","content":"Name the queue of a ticket."},{"role":"user","content":"I was charged twice."},{"role":"assistant","content":"billing"}]}""" },
        { "azure-chat", """{"messages":[{"role":"user","content":"Where is my parcel?"},{"role":"assistant","content":"shipping"}]}""" },
        { "azure-chat", """{"messages":[{"role":"user","content":"Highest mountain?"},{"role":"assistant","content":"Everest","weight":0},{"role":"user","content":"In a sentence."},{"role":"assistant","content":"Mount Everest is the highest mountain.","weight":1}]}""" },
        { "azure-chat", """{"messages":[{"role":"user","content":"Is it raining in Bergen?"},{"role":"assistant","tool_calls":[{"id":"call_1","type":"function","function":{"name":"get_weather","arguments":"{\"city\":\"Bergen\"}"}}]},{"role":"tool","tool_call_id":"call_1","content":"rain"},{"role":"assistant","content":"Yes, it is raining in Bergen."}],"tools":[{"type":"function","function":{"name":"get_weather","description":"The weather now","parameters":{"type":"object","properties":{"city":{"type":"string"}},"required":["city"]}}}],"parallel_tool_calls":false}""" },
        { "azure-chat", """{"messages":[{"role":"user","content":"one"},{"role":"user","content":"two"},{"role":"assistant","content":"three"}]}""" },
        { "azure-dpo", """{"input":{"messages":[{"role":"user","content":"Why is the sky blue?"}]},"preferred_output":[{"role":"assistant","content":"Air scatters short waves of light more than long ones."}],"non_preferred_output":[{"role":"assistant","content":"It just is."}]}""" },
        { "azure-dpo", """{"input":{"messages":[{"role":"user","content":"Why is the sky blue?"}]},"preferred_output":[{"role":"assistant","content":"First. "},{"role":"assistant","content":"Air scatters short waves of light more than long ones."}],"non_preferred_output":[{"role":"assistant","content":"It just is."}]}""" },
        { "azure-rft", """{"messages":[{"role":"developer","content":"Answer with a number."},{"role":"user","content":"19*7?"}],"answer":"133"}""" },
        { "together-chat", """{"messages":[{"role":"system","content":"Name the queue of a ticket."},{"role":"user","content":"I was charged twice."},{"role":"assistant","content":"billing"}]}""" },
        { "together-chat", """{"messages":[{"role":"user","content":"Where is my parcel?"},{"role":"assistant","content":"shipping"}]}""" },
        { "together-chat", """{"messages":[{"role":"user","content":"Highest mountain?"},{"role":"assistant","content":"Everest","weight":0},{"role":"user","content":"In a sentence."},{"role":"assistant","content":"Mount Everest is the highest mountain.","weight":1}]}""" },
        { "together-chat", """{"messages":[{"role":"user","content":[{"type":"text","text":"What is this?"},{"type":"image_url","image_url":{"url":"data:image/png;base64,iVBORw0KGgo="}}]},{"role":"assistant","content":[{"type":"text","text":"A cat."}]}]}""" },
        { "together-chat", """{"messages":[{"role":"user","content":"one"},{"role":"assistant","content":"two"},{"role":"user","content":"three"}]}""" },
        { "together-chat", """{"messages":[{"role":"user","content":"one"},{"role":"assistant","content":"two","name":"x"}]}""" },
        { "together-chat", """{"messages":[{"role":"user","content":"","weight":0},{"role":"assistant","content":"two"}]}""" },
        { "together-instruction", """{"prompt":"Translate to French: dog","completion":"chien"}""" },
        { "together-instruction", """{"prompt":"","completion":"x"}""" },
        { "together-instruction", """{"prompt":[{"type":"text","text":"What is this?"},{"type":"image_url","image_url":{"url":"data:image/png;base64,iVBORw0KGgo="}}],"completion":[{"type":"text","text":"A cat."}]}""" },
        { "together-text", """{"text":"Water boils at 100 degrees."}""" },
        { "together-preference", """{"input":{"messages":[{"role":"user","content":"Why is the sky blue?"}]},"preferred_output":[{"role":"assistant","content":"Air scatters short waves of light more than long ones."}],"non_preferred_output":[{"role":"assistant","content":"It just is."}]}""" },
        { "together-preference", """{"input":{"parallel_tool_calls":3,"messages":[{"role":"user","content":"Why is the sky blue?"}]},"preferred_output":[{"role":"assistant","content":"Air scatters short waves of light more than long ones."}],"non_preferred_output":[{"role":"assistant","content":"It just is."}]}""" },
        { "bedrock-haiku", """{"system":"Name the queue of a ticket.","messages":[{"role":"user","content":"I was charged twice."},{"role":"assistant","content":"billing"}]}""" },
        { "bedrock-haiku", """{"messages":[{"role":"user","content":"Where is my parcel?"},{"role":"assistant","content":"shipping"}]}""" },
        { "bedrock-converse", """{"schemaVersion":"bedrock-conversation-2024","system":[{"text":"Name the queue of a ticket."}],"messages":[{"role":"user","content":[{"text":"I was charged twice."}]},{"role":"assistant","content":[{"text":"billing"}]}]}""" },
        { "bedrock-converse", """{"messages":[{"role":"user","content":[{"text":""},{"image":{"format":"png","source":{"s3Location":{"uri":"s3://bucket/a.png","bucketOwner":"123456789012"}}}}]},{"role":"assistant","content":[{"text":"billing"}]}]}""" },
        { "bedrock-converse", """{"system":[{"text":"Name the queue of a ticket."}],"messages":[{"role":"user","content":[{"text":"I was charged twice."}]},{"role":"assistant","content":[{"text":"billing"}]}]}""" },
        { "bedrock-converse", """{"schemaVersion":"bedrock-conversation-2024","system":[{"text":"Name the queue of a ticket."}],"messages":[{"role":"user","content":[{"text":"I was charged twice."}]},{"role":"assistant","content":[{"text":"billing"}]}],"id":1}""" },
        { "bedrock-prompt-completion", """{"prompt":"Translate to French: dog","completion":"chien"}""" },
        { "bedrock-prompt-completion", """{"prompt":"Translate to French: dog","completion":"chien","id":1}""" },
        { "gemini", """{"systemInstruction":{"parts":[{"text":"Name the queue of a ticket."}]},"contents":[{"role":"user","parts":[{"text":"I was charged twice."}]},{"role":"model","parts":[{"text":"billing"}]}]}""" },
        { "gemini", """{"contents":[{"role":"user","parts":[{"text":"What is this?"},{"fileData":{"mimeType":"image/png","fileUri":"gs://bucket/a.png"}}]},{"role":"model","parts":[{"text":"A cat."}]}]}""" },
        { "gemini-preference", """{"contents":[{"role":"user","parts":[{"text":"Why is the sky blue?"}]}],"completions":[{"score":1.0,"completion":{"role":"model","parts":[{"text":"Air scatters blue light."}]}},{"score":0.0,"completion":{"role":"model","parts":[{"text":"It just is."}]}}]}""" },
        { "gemini-rl", """{"contents":[{"role":"user","parts":[{"text":"19*7?"}]}],"references":{"ground_truth_answer":"133"}}""" },
        { "trl-text", """{"text":"Water boils at 100 degrees."}""" },
        { "trl-text", """{"text":"a","source":"b"}""" },
        { "trl-chat", """{"messages":[{"role":"system","content":"Name the queue of a ticket."},{"role":"user","content":"I was charged twice."},{"role":"assistant","content":"billing"}]}""" },
        { "trl-chat", """{"messages":[{"role":"user","content":"Where is my parcel?"},{"role":"assistant","content":"shipping"}]}""" },
        { "trl-chat", """{"messages":[{"role":"user","content":"Rain?"},{"role":"assistant","tool_calls":[{"type":"function","function":{"name":"weather","arguments":{"city":"Bergen"}}}]},{"role":"tool","name":"weather","content":"rain"},{"role":"assistant","content":"Yes."}]}""" },
        { "trl-chat", """{"messages":[{"role":"user","content":"one"},{"role":"assistant","content":"two"}],"id":7}""" },
        { "trl-chat", """{"messages":[{"role":"user","content":"a"},{"role":"assistant","content":"b"}],"tools":"[]"}""" },
        { "trl-prompt-completion", """{"prompt":"The sky is","completion":" blue."}""" },
        { "trl-prompt-completion", """{"prompt":[{"role":"user","content":"q"}],"completion":[{"role":"assistant","content":"a"}]}""" },
        { "trl-preference", """{"prompt":[{"role":"user","content":"q"}],"chosen":[{"role":"assistant","content":"a"}],"rejected":[{"role":"assistant","content":"b"}]}""" },
        { "trl-preference", """{"prompt":"q","chosen":"a","rejected":"b"}""" },
        { "trl-preference", """{"chosen":[{"role":"user","content":"q"},{"role":"assistant","content":"a"}],"rejected":[{"role":"user","content":"q"},{"role":"assistant","content":"b"}]}""" },
        { "trl-kto", """{"prompt":"q","completion":" a","label":true}""" },
        { "trl-stepwise", """{"prompt":"q","completions":["s1","s2"],"labels":[true,false]}""" },
        { "autotrain-text", """{"text":"Water boils at 100 degrees."}""" },
        { "autotrain-text", """[{"role":"user","content":"q"},{"role":"assistant","content":"a"}]""" },
        { "autotrain-text", """{"text":[{"role":"user","content":"q"},{"role":"assistant","content":"a"}]}""" },
        { "autotrain-dpo", """{"prompt":"q","text":"good","rejected_text":"bad"}""" },
        { "autotrain-reward", """{"text":"good","rejected_text":"bad"}""" },
        { "replicate-text", """{"text":"Water boils at 100 degrees."}""" },
        { "replicate-prompt-completion", """{"prompt":"Translate to French: dog","completion":"chien"}""" },
        { "anyscale-chat", """{"messages":[{"role":"system","content":"Name the queue of a ticket."},{"role":"user","content":"I was charged twice."},{"role":"assistant","content":"billing"}]}""" },
        { "anyscale-chat", """{"messages":[{"role":"user","content":"Where is my parcel?"},{"role":"assistant","content":"shipping"}]}""" },
        { "mistral-chat", """{"messages":[{"role":"system","content":"Name the queue of a ticket."},{"role":"user","content":"I was charged twice."},{"role":"assistant","content":"billing"}]}""" },
        { "mistral-chat", """{"messages":[{"role":"user","content":"Where is my parcel?"},{"role":"assistant","content":"shipping"}]}""" },
        { "mistral-chat", """{"messages":[{"role":"user","content":"Highest mountain?"},{"role":"assistant","content":"Everest","weight":0},{"role":"user","content":"In a sentence."},{"role":"assistant","content":"Mount Everest is the highest mountain.","weight":1}]}""" },
        { "mistral-chat", """{"messages":[{"role":"user","content":"Is it raining in Bergen?"},{"role":"assistant","tool_calls":[{"id":"TX92Jm8Zi","type":"function","function":{"name":"get_weather","arguments":"{\"city\":\"Bergen\"}"}}]},{"role":"tool","tool_call_id":"TX92Jm8Zi","content":"rain"},{"role":"assistant","content":"Yes, it is raining in Bergen."}],"tools":[{"type":"function","function":{"name":"get_weather","description":"The weather now","parameters":{"type":"object","properties":{"city":{"type":"string"}},"required":["city"]}}}]}""" },
        { "mistral-chat", """{"messages":[{"role":"user","content":"one"},{"role":"user","content":"two"},{"role":"assistant","content":"three"}]}""" },
        { "mistral-chat", """{"messages":[{"role":"user","content":"Is it raining in Bergen?"},{"role":"assistant","content":"","tool_calls":[{"id":"TX92Jm8Zi","type":"function","function":{"name":"get_weather","arguments":"{\"city\":\"Bergen\"}"}}]},{"role":"tool","tool_call_id":"TX92Jm8Zi","content":"rain"},{"role":"assistant","content":"Yes, it is raining in Bergen."}],"tools":[{"type":"function","function":{"name":"get_weather","description":"The weather now","parameters":{"type":"object","properties":{"city":{"type":"string"}},"required":["city"]}}}]}""" },
        { "fireworks-chat", """{"messages":[{"role":"system","content":"Name the queue of a ticket."},{"role":"user","content":"I was charged twice."},{"role":"assistant","content":"billing"}]}""" },
        { "fireworks-chat", """{"messages":[{"role":"user","content":"Where is my parcel?"},{"role":"assistant","content":"shipping"}]}""" },
        { "fireworks-chat", """{"messages":[{"role":"user","content":"Highest mountain?"},{"role":"assistant","content":"Everest","weight":0},{"role":"user","content":"In a sentence."},{"role":"assistant","content":"Mount Everest is the highest mountain.","weight":1}]}""" },
        { "fireworks-chat", """{"messages":[{"role":"user","content":"Is it raining in Bergen?"},{"role":"assistant","content":"Let me look.","tool_calls":[{"id":"call_1","type":"function","function":{"name":"get_weather","arguments":"{\"city\":\"Bergen\"}"}}]},{"role":"tool","tool_call_id":"call_1","content":"rain"},{"role":"assistant","content":"Yes, it is raining in Bergen."}],"tools":[{"type":"function","function":{"name":"get_weather","description":"The weather now","parameters":{"type":"object","properties":{"city":{"type":"string"}},"required":["city"]}}}],"parallel_tool_calls":false}""" },
        { "fireworks-chat", """{"messages":[{"role":"user","content":"one"},{"role":"assistant","content":"two"}],"id":7}""" },
        { "fireworks-chat", """{"messages":[{"role":"user","content":"one"},{"role":"assistant","content":"two","mood":"glad"}]}""" },
        { "fireworks-dpo", """{"input":{"messages":[{"role":"user","content":"Why is the sky blue?"}]},"preferred_output":[{"role":"assistant","content":"Air scatters short waves of light more than long ones."}],"non_preferred_output":[{"role":"assistant","content":"It just is."}]}""" },
        { "cohere-chat", """{"messages":[{"role":"System","content":"s"},{"role":"User","content":"q"},{"role":"Chatbot","content":"a"}]}""" },
        { "sharegpt", """{"conversations":[{"from":"human","value":"q"},{"from":"gpt","value":"a"}],"system":"s"}""" },
        { "sharegpt", """{"conversations":[{"from":"human","value":"q"},{"from":"function_call","value":"{}"},{"from":"observation","value":"4"},{"from":"gpt","value":"a"}],"tools":"[]"}""" },
        { "sharegpt", """{"conversations":[{"from":"human","value":"q"},{"from":"gpt","value":"a"}],"kto_tag":true}""" },
        { "sharegpt", """{"conversations":[{"from":"human","value":"q"}],"chosen":{"from":"gpt","value":"a"},"rejected":{"from":"gpt","value":"b"}}""" },
        { "sharegpt", """{"conversations":[{"from":"system","value":"s"},{"from":"human","value":"q"},{"from":"gpt","value":"a"}]}""" },
        { "sharegpt", """{"conversations":[{"from":"human","value":"q"},{"from":"gpt","value":"a"}],"system":null,"tools":null,"kto_tag":null}""" },
        { "alpaca", """{"instruction":"i","input":"x","output":"o"}""" },
        { "alpaca", """{"instruction":"i","output":"o","system":"s","history":[["q","a"]]}""" },
        { "alpaca", """{"instruction":"i","input":null,"output":"o","system":null,"history":null}""" },
    };

    // Target, line, and what is said of it: level, column, message.
    public static TheoryData<string, string, string> Refused => new()
    {
        {
            "openai-chat",
            """{"messages":[{"role":"user","content":"one"},{"role":"assistant","content":"two"},{"role":"user","content":"three"}]}""",
            "Warning 83: 'messages[2]': the last message is of the role 'user', not 'assistant'"
        },
        {
            "openai-chat",
            """{"messages":[{"role":"user","content":"one"}]}""",
            "Error 13: 'messages': there is no message of the role 'assistant'"
        },
        {
            "openai-chat",
            """{"messages":[{"role":"user","content":"one"},{"role":"assistant","content":null}]}""",
            "Error 46: 'messages[1]': the message has neither content nor a tool call"
        },
        {
            "openai-chat",
            """{"messages":[{"role":"user","content":"one"},{"role":"bot","content":"two"}]}""",
            "Error 54: 'messages[1].role' is 'bot'; openai-chat knows 'system', 'user', 'assistant' and 'tool'"
        },
        {
            "openai-chat",
            """{"messages":[{"role":"developer","content":"be brief"},{"role":"user","content":"one"},{"role":"assistant","content":"two"}]}""",
            "Warning 22: 'messages[0].role' is 'developer', which is not advised"
        },
        {
            "openai-chat",
            """{"messages":[{"role":"user","content":"one"},{"role":"assistant","content":"two"}],"id":7}""",
            "Warning 84: the record has a member 'id', which openai-chat does not know"
        },
        {
            "openai-chat",
            """{"messages":[{"role":"user","content":"one"},{"role":"assistant","content":"two","mood":"glad"}]}""",
            "Warning 82: 'messages[1]' has a member 'mood', which openai-chat does not know"
        },
        {
            "openai-chat",
            """{"messages":[{"role":"user","content":"one"},{"role":"assistant","content":"two","weight":0.5}]}""",
            "Error 91: 'messages[1].weight' is '0.5', not the integer 0 or 1"
        },
        {
            "openai-chat",
            """{"messages":[{"role":"user","content":"one"},{"role":"assistant","content":"two","weight":1.0}]}""",
            "Error 91: 'messages[1].weight' is '1.0', not the integer 0 or 1"
        },
        {
            "openai-chat",
            """{"messages":[{"role":"user","content":"one"},{"role":"assistant","content":"two","weight":2}]}""",
            "Error 91: 'messages[1].weight' is '2', not the integer 0 or 1"
        },
        {
            "openai-chat",
            """{"messages":[{"role":"user","content":"one"},{"role":"assistant","content":"two","weight":true}]}""",
            "Error 91: 'messages[1].weight' is true or false, not the integer 0 or 1"
        },
        {
            "openai-chat",
            """{"messages":[{"role":"user","content":"one"},{"role":"assistant","content":"two","weight":"1"}]}""",
            "Error 91: 'messages[1].weight' is a string, not the integer 0 or 1"
        },
        {
            "openai-chat",
            """{"messages":[{"content":"one"},{"role":"assistant","content":"two"}]}""",
            "Error 14: 'messages[0]' has no 'role'"
        },
        {
            "openai-chat",
            """{"messages":[{"role":"user"},{"role":"assistant","content":"two"}]}""",
            "Error 14: 'messages[0]': the message has no content"
        },
        {
            "openai-chat",
            """{"messages":[]}""",
            "Error 13: 'messages' is empty"
        },
        {
            "openai-chat",
            """{"messages":{}}""",
            "Error 13: 'messages' is an object, not a list of messages"
        },
        {
            "openai-chat",
            """{"messages":null}""",
            "Error 13: 'messages' is null, not a list of messages"
        },
        {
            "openai-chat",
            """{"messages":["hello"]}""",
            "Error 14: 'messages[0]' is a string, not a message"
        },
        {
            "openai-chat",
            """{"prompt":"a","completion":"b"}""",
            "Warning 2: the record has a member 'prompt', which openai-chat does not know | Warning 15: the record has a member 'completion', which openai-chat does not know | Error 1: the record has no 'messages'"
        },
        {
            "openai-chat",
            """{"messages":[{"role":"user","content":"one","weight":1},{"role":"assistant","content":"two"}]}""",
            "Warning 14: 'messages[0]' is of the kind 'user', which has no 'weight'"
        },
        {
            "openai-chat",
            """{"messages":[{"role":1,"content":"one"},{"role":"assistant","content":"two"}]}""",
            "Error 22: 'messages[0].role' is a number, not a string"
        },
        {
            "openai-chat",
            """{"messages":[{"role":"user","content":7},{"role":"assistant","content":"two"}]}""",
            "Error 39: 'messages[0].content' is a number, not a string or a list of parts"
        },
        {
            "openai-chat",
            """{"messages":[{"role":"user","content":[]},{"role":"assistant","content":"two"}]}""",
            "Error 39: 'messages[0].content' is empty"
        },
        {
            "openai-chat",
            """{"messages":[{"role":"user","content":[{"type":"audio","text":"x"}]},{"role":"assistant","content":"two"}]}""",
            "Error 48: 'messages[0].content[0].type' is 'audio'; openai-chat knows 'text', 'image_url' and 'refusal'"
        },
        {
            "openai-chat",
            """{"messages":[{"role":"user","content":[{"type":"text"}]},{"role":"assistant","content":"two"}]}""",
            "Error 40: 'messages[0].content[0]' is of the kind 'text' and has no 'text'"
        },
        {
            "openai-chat",
            """{"messages":[{"role":"user","content":"one"},{"role":"assistant","content":[{"type":"image_url","image_url":{"url":"https://images.example.com/1.png"}}]}]}""",
            "Error 46: 'messages[1]': a message of the role 'assistant' holds an image; only user messages can"
        },
        {
            "openai-chat",
            """{"messages":[{"role":"user","content":"one"},{"role":"assistant","content":"two","weight":0}]}""",
            "Warning 13: 'messages': every assistant message has the weight 0, so that nothing is learnt from the example"
        },
        {
            "openai-chat",
            """{"messages":[{"role":"user","content":"one"},{"role":"function","content":"two"},{"role":"assistant","content":"three"}]}""",
            "Info 54: 'messages[1].role' is 'function', which is not advised | Error 46: 'messages[1]' is of the kind 'function' and has no 'name'"
        },
        {
            "openai-chat",
            """{"messages":[{"role":"user","content":"Is it raining in Bergen?"},{"role":"assistant","tool_calls":[{"id":"call_1","type":"function","function":{"name":"get_rain","arguments":"{\"city\":\"Bergen\"}"}}]},{"role":"tool","tool_call_id":"call_1","content":"rain"},{"role":"assistant","content":"Yes, it is raining in Bergen."}],"tools":[{"type":"function","function":{"name":"get_weather","description":"The weather now","parameters":{"type":"object","properties":{"city":{"type":"string"}},"required":["city"]}}}],"parallel_tool_calls":false}""",
            "Warning 153: the tool 'get_rain' is called and not among the tools of the record"
        },
        {
            "openai-chat",
            """{"messages":[{"role":"user","content":"Is it raining in Bergen?"},{"role":"assistant","tool_calls":[{"id":"call_1","type":"function","function":{"name":"get_weather","arguments":"{\"city\":\"Bergen\"}"}}]},{"role":"tool","content":"rain"},{"role":"assistant","content":"Yes, it is raining in Bergen."}],"tools":[{"type":"function","function":{"name":"get_weather","description":"The weather now","parameters":{"type":"object","properties":{"city":{"type":"string"}},"required":["city"]}}}],"parallel_tool_calls":false}""",
            "Error 207: 'messages[2]' is of the kind 'tool' and has no 'tool_call_id' | Warning 67: 'messages[1]': no later message answers the tool call 'call_1'"
        },
        {
            "openai-chat",
            """{"messages":[{"role":"user","content":"Is it raining in Bergen?"},{"role":"assistant","tool_calls":[{"id":"call_1","type":"function","function":{"name":"get_weather","arguments":"city=Bergen"}}]},{"role":"tool","tool_call_id":"call_1","content":"rain"},{"role":"assistant","content":"Yes, it is raining in Bergen."}],"tools":[{"type":"function","function":{"name":"get_weather","description":"The weather now","parameters":{"type":"object","properties":{"city":{"type":"string"}},"required":["city"]}}}],"parallel_tool_calls":false}""",
            "Warning 179: 'messages[1].tool_calls[0].function.arguments' is not JSON: a word other than true, false and null"
        },
        {
            "openai-chat",
            """{"messages":[{"role":"user","content":"Is it raining in Bergen?"},{"role":"assistant","tool_calls":[{"id":"call_1","type":"function","function":{"name":"get_weather","arguments":{"city":"Bergen"}}}]},{"role":"tool","tool_call_id":"call_1","content":"rain"},{"role":"assistant","content":"Yes, it is raining in Bergen."}],"tools":[{"type":"function","function":{"name":"get_weather","description":"The weather now","parameters":{"type":"object","properties":{"city":{"type":"string"}},"required":["city"]}}}],"parallel_tool_calls":false}""",
            "Error 179: 'messages[1].tool_calls[0].function.arguments' is an object, not a JSON text in a string"
        },
        {
            "openai-chat",
            """{"messages":[{"role":"user","content":"Is it raining in Bergen?"},{"role":"assistant","tool_calls":[{"id":"call_1","type":"function","function":{"name":"get_weather","arguments":"{\"city\":\"Bergen\"}"}}]},{"role":"tool","tool_call_id":"call_2","content":"rain"},{"role":"assistant","content":"Yes, it is raining in Bergen."}],"tools":[{"type":"function","function":{"name":"get_weather","description":"The weather now","parameters":{"type":"object","properties":{"city":{"type":"string"}},"required":["city"]}}}],"parallel_tool_calls":false}""",
            "Warning 67: 'messages[1]': no later message answers the tool call 'call_1' | Warning 207: 'messages[2]': the tool message answers the call 'call_2', which no earlier message makes"
        },
        {
            "openai-chat",
            """{"messages":[{"role":"user","content":"Is it raining in Bergen?"},{"role":"assistant","tool_calls":[{"id":"call_1","type":"function","function":{"name":"get weather","arguments":"{\"city\":\"Bergen\"}"}}]},{"role":"tool","tool_call_id":"call_1","content":"rain"},{"role":"assistant","content":"Yes, it is raining in Bergen."}],"tools":[{"type":"function","function":{"name":"get weather","description":"The weather now","parameters":{"type":"object","properties":{"city":{"type":"string"}},"required":["city"]}}}],"parallel_tool_calls":false}""",
            "Error 153: 'messages[1].tool_calls[0].function.name' is 'get weather', not a function name of 1 to 64 letters, digits, '_' and '-' | Error 375: 'tools[0].function.name' is 'get weather', not a function name of 1 to 64 letters, digits, '_' and '-'"
        },
        {
            "openai-dpo",
            """{"messages":[{"role":"user","content":"Where is my parcel?"},{"role":"assistant","content":"shipping"}]}""",
            "Warning 2: the record has a member 'messages', which openai-dpo does not know | Error 1: the record has no 'input' | Error 1: the record has no 'preferred_output' | Error 1: the record has no 'non_preferred_output'"
        },
        {
            "openai-dpo",
            """{"input":{"messages":[{"role":"user","content":"Why is the sky blue?"}]},"preferred_output":[{"role":"assistant","content":"Air scatters short waves of light more than long ones."}],"non_preferred_output":[{"role":"assistant","content":"a"},{"role":"assistant","content":"b"}]}""",
            "Error 206: 'non_preferred_output' has 2 items, where there must be 1"
        },
        {
            "openai-dpo",
            """{"input":{"messages":[{"role":"user","content":"Why is the sky blue?"}]},"preferred_output":[{"role":"assistant","content":"Air scatters short waves of light more than long ones."}],"non_preferred_output":[]}""",
            "Error 206: 'non_preferred_output' is empty"
        },
        {
            "openai-dpo",
            """{"input":{"messages":[{"role":"user","content":"Why is the sky blue?"}]},"preferred_output":[{"role":"assistant","content":"Air scatters short waves of light more than long ones."}],"non_preferred_output":[{"role":"user","content":"It just is."}]}""",
            "Error 207: 'non_preferred_output[0]': the last message is of the role 'user', not 'assistant'"
        },
        {
            "openai-dpo",
            """{"input":{"messages":[{"role":"user","content":"Why is the sky blue?"}]},"non_preferred_output":[{"role":"assistant","content":"It just is."}]}""",
            "Error 1: the record has no 'preferred_output'"
        },
        {
            "openai-dpo",
            """{"input":{"messages":[{"role":"user","content":"q"},{"role":"assistant","content":"a"}]},"preferred_output":[{"role":"assistant","content":"b"}],"non_preferred_output":[{"role":"assistant","content":"c"}]}""",
            "Warning 53: 'input.messages[1]': the last message is of the role 'assistant'; the answers stand outside"
        },
        {
            "openai-rft",
            """{"messages":[{"role":"developer","content":"Answer with a number."},{"role":"user","content":"19*7?"}]}""",
            "Warning 1: the record has no field for the grader besides the messages"
        },
        {
            "openai-rft",
            """{"messages":[{"role":"system","content":"Answer with a number."},{"role":"user","content":"19*7?"}],"answer":"133"}""",
            "Warning 22: 'messages[0].role' is 'system', which is not advised"
        },
        {
            "openai-rft",
            """{"messages":[{"role":"developer","content":"Answer with a number."},{"role":"assistant","content":"133"}],"answer":"133"}""",
            "Warning 69: 'messages[1]': the last message is of the role 'assistant', not 'user'"
        },
        {
            "openai-rft",
            """{"answer":"133"}""",
            "Error 1: the record has no 'messages'"
        },
        {
            "azure-chat",
            """{"messages":[{"role":"user","content":"one"},{"role":"assistant","content":"two"},{"role":"user","content":"three"}]}""",
            "Warning 83: 'messages[2]': the last message is of the role 'user', not 'assistant'"
        },
        {
            "azure-chat",
            """{"messages":[{"role":"user","content":"one"}]}""",
            "Error 13: 'messages': there is no message of the role 'assistant'"
        },
        {
            "azure-chat",
            """{"messages":[{"role":"developer","content":"be brief"},{"role":"user","content":"one"},{"role":"assistant","content":"two"}]}""",
            "Error 22: 'messages[0].role' is 'developer', which azure-chat does not take"
        },
        {
            "azure-chat",
            """{"messages":[{"role":"user","content":""},{"role":"assistant","content":"two"}]}""",
            "Warning 39: 'messages[0].content' is empty"
        },
        {
            "azure-chat",
            """{"messages":[{"role":"user","content":"one"},{"role":"bot","content":"two"}]}""",
            "Error 54: 'messages[1].role' is 'bot'; azure-chat knows 'system', 'user', 'assistant' and 'tool'"
        },
        {
            "azure-chat",
            """{"messages":[{"role":"user","content":"one"},{"role":"assistant","content":"two","weight":0.5}]}""",
            "Error 91: 'messages[1].weight' is '0.5', not the integer 0 or 1"
        },
        {
            "azure-chat",
            """{"messages":[{"role":"user","content":"one"},{"role":"assistant","content":"two"}],"id":7}""",
            "Warning 84: the record has a member 'id', which azure-chat does not know"
        },
        {
            "azure-chat",
            """{"messages":[{"role":"assistant","content":"two"}]}""",
            "Error 13: 'messages': there is no message of the role 'user'"
        },
        {
            "azure-chat",
            """{"messages":[{"role":"user","content":"one"},{"role":"function","name":"f","content":"two"},{"role":"assistant","content":"three"}]}""",
            "Error 54: 'messages[1].role' is 'function', which azure-chat does not take"
        },
        {
            "azure-chat",
            """{"messages":[{"role":"user","content":"one"},{"role":"assistant","function_call":{"name":"f","arguments":"{}"}}]}""",
            "Warning 46: 'messages[1]': the message has no content"
        },
        {
            "azure-chat",
            """{"messages":[{"role":"user","content":"one"},{"role":"assistant","refusal":"no"}]}""",
            "Warning 46: 'messages[1]': the message has no content"
        },
        {
            "azure-dpo",
            """{"messages":[{"role":"user","content":"Where is my parcel?"},{"role":"assistant","content":"shipping"}]}""",
            "Warning 2: the record has a member 'messages', which azure-dpo does not know | Error 1: the record has no 'input' | Error 1: the record has no 'preferred_output' | Error 1: the record has no 'non_preferred_output'"
        },
        {
            "azure-dpo",
            """{"input":{"messages":[{"role":"user","content":"Why is the sky blue?"}]},"preferred_output":[{"role":"assistant","content":"Air scatters short waves of light more than long ones."}],"non_preferred_output":[{"role":"user","content":"It just is."}]}""",
            "Error 206: 'non_preferred_output': there is no message of the role 'assistant'"
        },
        {
            "azure-dpo",
            """{"input":{"messages":[{"role":"user","content":"Why is the sky blue?"}]},"preferred_output":[{"role":"assistant","content":"Air scatters short waves of light more than long ones."}],"non_preferred_output":[]}""",
            "Error 206: 'non_preferred_output' is empty"
        },
        {
            "azure-dpo",
            """{"input":{"messages":[{"role":"system","content":"Be brief."}]},"preferred_output":[{"role":"assistant","content":"a"}],"non_preferred_output":[{"role":"assistant","content":"b"}]}""",
            "Error 22: 'input.messages': there is no message of the role 'user'"
        },
        {
            "azure-dpo",
            """{"input":{"messages":[{"role":"developer","content":"Be brief."},{"role":"user","content":"q"}]},"preferred_output":[{"role":"assistant","content":"a"}],"non_preferred_output":[{"role":"assistant","content":"b"}]}""",
            "Warning 31: 'input.messages[0].role' is 'developer', which is not advised"
        },
        {
            "azure-rft",
            """{"messages":[{"role":"developer","content":"Answer with a number."},{"role":"user","content":"19*7?"}]}""",
            "Error 1: the record has no field for the grader besides the messages"
        },
        {
            "azure-rft",
            """{"messages":[{"role":"developer","content":"Answer with a number."},{"role":"assistant","content":"133"}],"answer":"133"}""",
            "Error 69: 'messages[1]': the last message is of the role 'assistant', not 'user'"
        },
        {
            "together-chat",
            """{"messages":[{"role":"user","content":"Is it raining in Bergen?"},{"role":"assistant","tool_calls":[{"id":"call_1","type":"function","function":{"name":"get_weather","arguments":"{\"city\":\"Bergen\"}"}}]},{"role":"tool","tool_call_id":"call_1","content":"rain"},{"role":"assistant","content":"Yes, it is raining in Bergen."}],"tools":[{"type":"function","function":{"name":"get_weather","description":"The weather now","parameters":{"type":"object","properties":{"city":{"type":"string"}},"required":["city"]}}}],"parallel_tool_calls":false}""",
            "Warning 215: 'messages[2].role' is 'tool', which is not advised | Warning 67: 'messages[1]': the message has no content | Warning 328: 'tools' is not advised | Error 515: the record has a member 'parallel_tool_calls', which together-chat does not know"
        },
        {
            "together-chat",
            """{"messages":[{"role":"user","content":"one"},{"role":"user","content":"two"},{"role":"assistant","content":"three"}]}""",
            "Error 46: 'messages[1]': two messages of the role 'user' in a row"
        },
        {
            "together-chat",
            """{"messages":[{"role":"user","content":"one"}]}""",
            "Error 13: 'messages': there is no message of the role 'assistant'"
        },
        {
            "together-chat",
            """{"messages":[{"role":"user","content":"one"},{"role":"assistant","content":null}]}""",
            "Error 46: 'messages[1]': the message has neither content nor a tool call"
        },
        {
            "together-chat",
            """{"messages":[{"role":"user","content":"one"},{"role":"bot","content":"two"}]}""",
            "Error 54: 'messages[1].role' is 'bot'; together-chat knows 'system', 'user' and 'assistant'"
        },
        {
            "together-chat",
            """{"messages":[{"role":"developer","content":"be brief"},{"role":"user","content":"one"},{"role":"assistant","content":"two"}]}""",
            "Error 22: 'messages[0].role' is 'developer'; together-chat knows 'system', 'user' and 'assistant'"
        },
        {
            "together-chat",
            """{"messages":[{"role":"user","content":"one"},{"role":"assistant","content":"two"}],"id":7}""",
            "Error 84: the record has a member 'id', which together-chat does not know"
        },
        {
            "together-chat",
            """{"messages":[{"role":"user","content":"one"},{"role":"assistant","content":"two","weight":0.5}]}""",
            "Error 91: 'messages[1].weight' is '0.5', not the integer 0 or 1"
        },
        {
            "together-chat",
            """{"messages":[{"role":"user","content":"one"},{"role":"assistant","content":"two","weight":1.0}]}""",
            "Error 91: 'messages[1].weight' is '1.0', not the integer 0 or 1"
        },
        {
            "together-chat",
            """{"messages":[{"role":"user","content":"one"},{"role":"assistant","content":"two","weight":2}]}""",
            "Error 91: 'messages[1].weight' is '2', not the integer 0 or 1"
        },
        {
            "together-chat",
            """{"messages":[{"role":"user","content":"one"},{"role":"assistant","content":"two","weight":true}]}""",
            "Warning 91: 'messages[1].weight' is true or false, not the integer 0 or 1"
        },
        {
            "together-chat",
            """{"messages":[{"role":"user"},{"role":"assistant","content":"two"}]}""",
            "Error 14: 'messages[0]': the message has no content"
        },
        {
            "together-chat",
            """{"messages":[]}""",
            "Error 13: 'messages' is empty"
        },
        {
            "together-chat",
            """{"messages":"x"}""",
            "Error 13: 'messages' is a string, not a list of messages"
        },
        {
            "together-chat",
            """{"messages":[{"role":"user","content":[{"type":"text","text":"What is this?"},{"type":"image_url","image_url":{"url":"https://images.example.com/1.png","detail":"low"}}]},{"role":"assistant","content":"A cat."}]}""",
            "Error 118: 'messages[0].content[1].image_url.url' is 'https://images.example.com/1.png', not image data ('data:image/jpeg;base64,…', png or webp) of at most 10 MB; Together takes no addresses | Error 172: 'messages[1]': contents are texts in some messages and lists of parts in others"
        },
        {
            "together-chat",
            """{"messages":[{"role":"user","content":[{"type":"text","text":"What is this?"},{"type":"image_url","image_url":{"url":"data:image/png;base64,iVBORw0KGgo="}}]},{"role":"assistant","content":"A cat."}]}""",
            "Error 159: 'messages[1]': contents are texts in some messages and lists of parts in others"
        },
        {
            "together-chat",
            """{"messages":[{"role":"user","content":[{"type":"text","text":"What is this?"},{"type":"image_url","image_url":{"url":"data:image/gif;base64,iVBORw0KGgo="}}]},{"role":"assistant","content":[{"type":"text","text":"A cat."}]}]}""",
            "Error 118: 'messages[0].content[1].image_url.url' is 'data:image/gif;base64,iVBORw0KGgo=', not image data ('data:image/jpeg;base64,…', png or webp) of at most 10 MB; Together takes no addresses"
        },
        {
            "together-chat",
            """{"messages":[{"role":"assistant","content":"one"},{"role":"user","content":"two"}]}""",
            "Warning 14: 'messages[0]': the conversation starts with 'assistant', not with 'user'"
        },
        {
            "together-chat",
            """{"messages":[{"role":"user","content":"one"},{"role":"system","content":"two"},{"role":"assistant","content":"three"}]}""",
            "Warning 46: 'messages[1]': a message of the role 'system' after the conversation has started"
        },
        {
            "together-chat",
            """{"messages":[{"role":"user","content":"one"},{"role":"assistant","content":"two","weight":0}]}""",
            "Warning 13: 'messages': every assistant message has the weight 0, so that nothing is learnt from the example"
        },
        {
            "together-chat",
            """{"messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"data:image/png;base64,iVBORw0KGgo="}},{"type":"image_url","image_url":{"url":"data:image/png;base64,iVBORw0KGgo="}},{"type":"image_url","image_url":{"url":"data:image/png;base64,iVBORw0KGgo="}},{"type":"image_url","image_url":{"url":"data:image/png;base64,iVBORw0KGgo="}},{"type":"image_url","image_url":{"url":"data:image/png;base64,iVBORw0KGgo="}},{"type":"image_url","image_url":{"url":"data:image/png;base64,iVBORw0KGgo="}},{"type":"image_url","image_url":{"url":"data:image/png;base64,iVBORw0KGgo="}},{"type":"image_url","image_url":{"url":"data:image/png;base64,iVBORw0KGgo="}},{"type":"image_url","image_url":{"url":"data:image/png;base64,iVBORw0KGgo="}},{"type":"image_url","image_url":{"url":"data:image/png;base64,iVBORw0KGgo="}},{"type":"image_url","image_url":{"url":"data:image/png;base64,iVBORw0KGgo="}}]},{"role":"assistant","content":[{"type":"text","text":"many"}]}]}""",
            "Error 13: 'messages': 11 images, where an example has 10 at most"
        },
        {
            "together-chat",
            """{"messages":[{"role":"user","content":"one"},{"role":"assistant","content":null,"tool_calls":[{"id":"c","type":"function","function":{"name":"f","arguments":"{}"}}]}]}""",
            "Warning 46: 'messages[1]': the message has no content"
        },
        {
            "together-instruction",
            """{"text":"Water boils at 100 degrees."}""",
            "Error 2: the record has a member 'text', which together-instruction does not know | Error 1: the record has no 'prompt' | Error 1: the record has no 'completion'"
        },
        {
            "together-instruction",
            """{"prompt":"a"}""",
            "Error 1: the record has no 'completion'"
        },
        {
            "together-instruction",
            """{"prompt":"a","completion":1}""",
            "Error 28: 'completion' is a number, not a string or a list of parts"
        },
        {
            "together-instruction",
            """{"prompt":"Translate to French: dog","completion":"chien","id":1}""",
            "Error 59: the record has a member 'id', which together-instruction does not know"
        },
        {
            "together-instruction",
            """{"prompt":"What is this?","completion":[{"type":"image_url","image_url":{"url":"data:image/png;base64,iVBORw0KGgo="}}]}""",
            "Error 49: 'completion[0].type' is 'image_url'; together-instruction knows 'text'"
        },
        {
            "together-instruction",
            """{"prompt":[{"text":"What is this?"}],"completion":"A cat."}""",
            "Error 12: 'prompt[0]' has no 'type'"
        },
        {
            "together-text",
            """{"prompt":"Translate to French: dog","completion":"chien"}""",
            "Error 2: the record has a member 'prompt', which together-text does not know | Error 38: the record has a member 'completion', which together-text does not know | Error 1: the record has no 'text'"
        },
        {
            "together-text",
            """{"text":null}""",
            "Error 9: 'text' is null, not a string or a list of parts"
        },
        {
            "together-text",
            """{"text":"a","source":"b"}""",
            "Error 13: the record has a member 'source', which together-text does not know"
        },
        {
            "together-text",
            """{"text":[{"type":"text","text":"Water boils."}]}""",
            "Warning 18: 'text[0].type' is 'text', which is not advised"
        },
        {
            "together-preference",
            """{"input":{"messages":[{"role":"user","content":"Why is the sky blue?"}]},"preferred_output":[{"role":"assistant","content":"Air scatters short waves of light more than long ones."}],"non_preferred_output":[{"role":"assistant","content":"a"},{"role":"assistant","content":"b"}]}""",
            "Error 206: 'non_preferred_output' has 2 items, where there must be 1"
        },
        {
            "together-preference",
            """{"input":{"messages":[{"role":"user","content":"q"},{"role":"assistant","content":"a"}]},"preferred_output":[{"role":"assistant","content":"Air scatters short waves of light more than long ones."}],"non_preferred_output":[{"role":"assistant","content":"It just is."}]}""",
            "Error 53: 'input.messages[1]': the last message is of the role 'assistant'; the answers stand outside"
        },
        {
            "together-preference",
            """{"input":{"messages":[{"role":"user","content":"Why is the sky blue?"}]},"preferred_output":[{"role":"assistant","content":"Air scatters short waves of light more than long ones."}],"non_preferred_output":[{"role":"assistant","content":"It just is."}],"id":1}""",
            "Error 253: the record has a member 'id', which together-preference does not know"
        },
        {
            "bedrock-haiku",
            """{"messages":[{"role":"system","content":"Name the queue of a ticket."},{"role":"user","content":"I was charged twice."},{"role":"assistant","content":"billing"}]}""",
            "Error 22: 'messages[0].role' is 'system'; bedrock-haiku knows 'user' and 'assistant'"
        },
        {
            "bedrock-haiku",
            """{"messages":[{"role":"user","content":"one"},{"role":"user","content":"two"},{"role":"assistant","content":"three"}]}""",
            "Error 46: 'messages[1]': two messages of the role 'user' in a row"
        },
        {
            "bedrock-haiku",
            """{"messages":[{"role":"user","content":"one"},{"role":"assistant","content":"two"},{"role":"user","content":"three"}]}""",
            "Error 83: 'messages[2]': the last message is of the role 'user', not 'assistant'"
        },
        {
            "bedrock-haiku",
            """{"messages":[{"role":"user","content":"one"}]}""",
            "Error 13: 'messages' has 1 item, where there must be 2 or more | Error 14: 'messages[0]': the last message is of the role 'user', not 'assistant'"
        },
        {
            "bedrock-haiku",
            """{"system":"Name the queue of a ticket.","messages":[{"role":"user","content":"a\nHuman: I was charged twice."},{"role":"assistant","content":"billing"}]}""",
            "Error 78: 'messages[0].content' holds '\\nHuman:', which is reserved"
        },
        {
            "bedrock-haiku",
            """{"system":"x\n\nAssistant: Name the queue of a ticket.","messages":[{"role":"user","content":"I was charged twice."},{"role":"assistant","content":"billing"}]}""",
            "Error 11: 'system' holds '\\nAssistant:', which is reserved"
        },
        {
            "bedrock-haiku",
            """{"messages":[{"role":"user","content":"one"},{"role":"assistant","content":"two"}],"id":7}""",
            "Warning 84: the record has a member 'id', which bedrock-haiku does not know"
        },
        {
            "bedrock-haiku",
            """{"messages":[{"role":"user","content":"one"},{"role":"assistant","content":"two","mood":"glad"}]}""",
            "Warning 82: 'messages[1]' has a member 'mood', which bedrock-haiku does not know"
        },
        {
            "bedrock-haiku",
            """{"messages":[{"role":"user","content":[{"type":"text","text":"What is this?"},{"type":"image_url","image_url":{"url":"https://images.example.com/1.png","detail":"low"}}]},{"role":"assistant","content":"A cat."}]}""",
            "Error 39: 'messages[0].content' is a list, not a string"
        },
        {
            "bedrock-haiku",
            """{"messages":[{"role":"assistant","content":"a"},{"role":"user","content":"b"}]}""",
            "Error 14: 'messages[0]': the conversation starts with 'assistant', not with 'user' | Error 49: 'messages[1]': the last message is of the role 'user', not 'assistant'"
        },
        {
            "bedrock-converse",
            """{"messages":[{"role":"user","content":"Where is my parcel?"},{"role":"assistant","content":"shipping"}]}""",
            "Error 39: 'messages[0].content' is a string, not a list of parts | Error 92: 'messages[1].content' is a string, not a list of parts"
        },
        {
            "bedrock-converse",
            """{"schemaVersion":"bedrock-conversation-2023","system":[{"text":"Name the queue of a ticket."}],"messages":[{"role":"user","content":[{"text":"I was charged twice."}]},{"role":"assistant","content":[{"text":"billing"}]}]}""",
            "Error 18: 'schemaVersion' is 'bedrock-conversation-2023', not 'bedrock-conversation-2024'"
        },
        {
            "bedrock-converse",
            """{"schemaVersion":"bedrock-conversation-2024","system":[{"text":"Name the queue of a ticket."}],"messages":[{"role":"user","content":[{"text":"I was charged twice."}]},{"role":"assistant","content":[{"text":""}]}]}""",
            "Error 168: 'messages[1]': the text is empty"
        },
        {
            "bedrock-converse",
            """{"schemaVersion":"bedrock-conversation-2024","system":[{"text":"Name the queue of a ticket."}],"messages":[{"role":"user","content":[{"text":"I was charged twice."}]},{"role":"assistant","content":[]}]}""",
            "Warning 198: 'messages[1].content' is empty"
        },
        {
            "bedrock-converse",
            """{"schemaVersion":"bedrock-conversation-2024","system":[{"text":"Name the queue of a ticket."}],"messages":[{"role":"user","content":[{"text":"I was charged twice."}]},{"role":"assistant","content":[{"words":"billing"}]}]}""",
            "Error 199: 'messages[1].content[0]' has none of 'text', 'image' and 'video'"
        },
        {
            "bedrock-converse",
            """{"schemaVersion":"bedrock-conversation-2024","system":[{"text":"Name the queue of a ticket."}],"messages":[{"role":"user","content":[{"text":"I was charged twice."}]},{"role":"user","content":[{"text":"billing"}]}]}""",
            "Error 168: 'messages[1]': the last message is of the role 'user', not 'assistant' | Error 168: 'messages[1]': two messages of the role 'user' in a row"
        },
        {
            "bedrock-converse",
            """{"schemaVersion":"bedrock-conversation-2024","system":[{"text":"Name the queue of a ticket."}],"messages":[{"role":"assistant","content":[{"text":"I was charged twice."}]},{"role":"assistant","content":[{"text":"billing"}]}]}""",
            "Error 108: 'messages[0]': the conversation starts with 'assistant', not with 'user' | Error 173: 'messages[1]': two messages of the role 'assistant' in a row"
        },
        {
            "bedrock-converse",
            """{"schemaVersion":"bedrock-conversation-2024","system":[{"text":"a"},{"text":"b"}],"messages":[{"role":"user","content":[{"text":"I was charged twice."}]},{"role":"assistant","content":[{"text":"billing"}]}]}""",
            "Warning 55: 'system' has 2 items, where there must be 1"
        },
        {
            "bedrock-converse",
            """{"messages":[{"role":"user","content":[{"text":""},{"image":{"format":"bmp","source":{"s3Location":{"uri":"s3://bucket/a.png","bucketOwner":"123456789012"}}}}]},{"role":"assistant","content":[{"text":"billing"}]}]}""",
            "Error 71: 'messages[0].content[1].image.format' is 'bmp', not 'jpeg', 'png', 'gif' or 'webp'"
        },
        {
            "bedrock-converse",
            """{"messages":[{"role":"user","content":[{"text":""},{"image":{"format":"png","source":{"s3Location":{"uri":"https://bucket/a.png","bucketOwner":"123456789012"}}}}]},{"role":"assistant","content":[{"text":"billing"}]}]}""",
            "Error 107: 'messages[0].content[1].image.source.s3Location.uri' is 'https://bucket/a.png', not the address of an object in S3 (s3://bucket/key)"
        },
        {
            "bedrock-converse",
            """{"system":[],"messages":[{"role":"user","content":[{"text":"q"}]},{"role":"assistant","content":[{"text":"a"}]}]}""",
            "Warning 11: 'system' is empty"
        },
        {
            "bedrock-converse",
            """{"messages":[{"role":"user","content":[{"text":"q"},{"image":{"format":"png","source":{"s3Location":{"uri":"s3://bucket/a.png","bucketOwner":1}}}}]},{"role":"assistant","content":[{"text":"a"}]}]}""",
            "Warning 142: 'messages[0].content[1].image.source.s3Location.bucketOwner' is a number, not a string"
        },
        {
            "bedrock-prompt-completion",
            """{"text":"Water boils at 100 degrees."}""",
            "Error 1: the record has no 'prompt' | Error 1: the record has no 'completion'"
        },
        {
            "bedrock-prompt-completion",
            """{"prompt":"a","completion":["b"]}""",
            "Error 28: 'completion' is a list, not a string"
        },
        {
            "gemini",
            """{"messages":[{"role":"user","content":"Where is my parcel?"},{"role":"assistant","content":"shipping"}]}""",
            "Warning 2: the record has a member 'messages', which gemini does not know | Error 1: the record has no 'contents'"
        },
        {
            "gemini",
            """{"systemInstruction":{"parts":[{"text":"Name the queue of a ticket."}]},"contents":[{"role":"user","parts":[{"text":"I was charged twice."}]},{"role":"assistant","parts":[{"text":"billing"}]}]}""",
            "Error 151: 'contents[1].role' is 'assistant'; gemini knows 'user', 'model' and 'function'"
        },
        {
            "gemini",
            """{"systemInstruction":{"parts":[{"text":"Name the queue of a ticket."}]},"contents":[{"role":"user","parts":[{"text":"I was charged twice."}]},{"role":"model","parts":[]}]}""",
            "Error 167: 'contents[1].parts' is empty"
        },
        {
            "gemini",
            """{"systemInstruction":{"parts":[{"text":"Name the queue of a ticket."}]},"contents":[{"role":"user","parts":[{"text":"I was charged twice."}]},{"role":"model","parts":"billing"}]}""",
            "Error 167: 'contents[1].parts' is a string, not a list"
        },
        {
            "gemini",
            """{"contents":[{"role":"user","parts":[{"text":"a"}]}]}""",
            "Error 13: 'contents': there is no message of the role 'model'"
        },
        {
            "gemini",
            """{"system_instruction":{"parts":[{"text":"Name the queue of a ticket."}]},"contents":[{"role":"user","parts":[{"text":"I was charged twice."}]},{"role":"model","parts":[{"text":"billing"}]}]}""",
            "Warning 2: the record has a member 'system_instruction', which gemini does not know"
        },
        {
            "gemini-preference",
            """{"systemInstruction":{"parts":[{"text":"Name the queue of a ticket."}]},"contents":[{"role":"user","parts":[{"text":"I was charged twice."}]},{"role":"model","parts":[{"text":"billing"}]}]}""",
            "Warning 143: 'contents[1]': the last message is of the role 'model', not 'user' | Error 1: the record has no 'completions'"
        },
        {
            "gemini-preference",
            """{"contents":[{"role":"user","parts":[{"text":"Why is the sky blue?"}]}],"completions":[{"completion":{"role":"model","parts":[{"text":"Air scatters blue light."}]}},{"score":0.0,"completion":{"role":"model","parts":[{"text":"It just is."}]}}]}""",
            "Error 88: 'completions[0]' has no 'score'"
        },
        {
            "gemini-preference",
            """{"contents":[{"role":"user","parts":[{"text":"Why is the sky blue?"}]}],"completions":[{"score":1.0,"completion":{"role":"model","parts":[{"text":"Air scatters blue light."}]}}]}""",
            "Error 87: 'completions' has 1 item, where there must be 2"
        },
        {
            "gemini-rl",
            """{"systemInstruction":{"parts":[{"text":"Name the queue of a ticket."}]},"contents":[{"role":"user","parts":[{"text":"I was charged twice."}]},{"role":"model","parts":[{"text":"billing"}]}]}""",
            "Warning 143: 'contents[1]': the last message is of the role 'model', not 'user' | Error 1: the record has no 'references'"
        },
        {
            "gemini-rl",
            """{"contents":[{"role":"user","parts":[{"text":"19*7?"}]}],"references":"133"}""",
            "Error 71: 'references' is a string, not an object"
        },
        {
            "trl-text",
            """{"prompt":"Translate to French: dog","completion":"chien"}""",
            "Error 1: the record has no 'text'"
        },
        {
            "trl-text",
            """{"text":["a"]}""",
            "Error 9: 'text' is a list, not a string"
        },
        {
            "trl-chat",
            """{"messages":[{"role":"user","content":"Is it raining in Bergen?"},{"role":"assistant","tool_calls":[{"id":"call_1","type":"function","function":{"name":"get_weather","arguments":"{\"city\":\"Bergen\"}"}}]},{"role":"tool","tool_call_id":"call_1","content":"rain"},{"role":"assistant","content":"Yes, it is raining in Bergen."}],"tools":[{"type":"function","function":{"name":"get_weather","description":"The weather now","parameters":{"type":"object","properties":{"city":{"type":"string"}},"required":["city"]}}}],"parallel_tool_calls":false}""",
            "Error 179: 'messages[1].tool_calls[0].function.arguments' is a string, not an object | Warning 207: 'messages[2]' is of the kind 'tool' and has no 'name'"
        },
        {
            "trl-chat",
            """{"messages":[{"role":"user","content":"one"},{"role":"assistant","content":"two"},{"role":"user","content":"three"}]}""",
            "Warning 83: 'messages[2]': the last message is of the role 'user', not 'assistant'"
        },
        {
            "trl-chat",
            """{"messages":[{"role":"user","content":"one"}]}""",
            "Error 13: 'messages': there is no message of the role 'assistant'"
        },
        {
            "trl-chat",
            """{"messages":[{"role":"user","content":"one"},{"role":"bot","content":"two"}]}""",
            "Warning 54: 'messages[1].role' is 'bot'; trl-chat knows 'system', 'developer', 'user', 'assistant' and 'tool'"
        },
        {
            "trl-chat",
            """{"conversations":[]}""",
            "Error 1: the record has no 'messages'"
        },
        {
            "trl-prompt-completion",
            """{"prompt":"The sky is"}""",
            "Error 1: the record has no 'completion'"
        },
        {
            "trl-prompt-completion",
            """{"prompt":1,"completion":" blue."}""",
            "Error 11: 'prompt' is a number, not a string or a list of messages"
        },
        {
            "trl-prompt-completion",
            """{"prompt":[],"completion":[{"role":"assistant","content":"a"}]}""",
            "Error 11: 'prompt' is empty"
        },
        {
            "trl-preference",
            """{"prompt":"q","chosen":"a"}""",
            "Error 1: the record has no 'rejected'"
        },
        {
            "trl-preference",
            """{"input":{"messages":[{"role":"user","content":"Why is the sky blue?"}]},"preferred_output":[{"role":"assistant","content":"Air scatters short waves of light more than long ones."}],"non_preferred_output":[{"role":"assistant","content":"It just is."}]}""",
            "Error 1: the record has no 'chosen' | Error 1: the record has no 'rejected'"
        },
        {
            "trl-kto",
            """{"prompt":"q","completion":" a"}""",
            "Error 1: the record has no 'label'"
        },
        {
            "trl-kto",
            """{"prompt":"q","completion":" a","label":"yes"}""",
            "Error 41: 'label' is a string, not true or false"
        },
        {
            "trl-stepwise",
            """{"prompt":"q","completions":["s1","s2"],"labels":[true]}""",
            "Error 1: the record has lists of different lengths, 2 and 1, in 'completions' and 'labels'"
        },
        {
            "trl-stepwise",
            """{"prompt":"q","completions":"s1","labels":[true]}""",
            "Error 29: 'completions' is a string, not a list"
        },
        {
            "trl-stepwise",
            """{"prompt":"q","completions":[],"labels":[]}""",
            "Error 29: 'completions' is empty | Error 41: 'labels' is empty"
        },
        {
            "autotrain-text",
            """["q","a"]""",
            "Error 2: '[0]' is a string, not a message | Error 6: '[1]' is a string, not a message"
        },
        {
            "autotrain-text",
            """[]""",
            "Error 1: the record is empty"
        },
        {
            "autotrain-text",
            """{"text":1}""",
            "Error 9: 'text' is a number, not a string or a list of messages"
        },
        {
            "autotrain-dpo",
            """{"prompt":"q","text":"good"}""",
            "Error 1: the record has no 'rejected_text'"
        },
        {
            "autotrain-reward",
            """{"text":"Water boils at 100 degrees."}""",
            "Error 1: the record has no 'rejected_text'"
        },
        {
            "replicate-text",
            """{"prompt":"Translate to French: dog","completion":"chien"}""",
            "Info 2: the record has a member 'prompt', which replicate-text does not know | Info 38: the record has a member 'completion', which replicate-text does not know | Error 1: the record has no 'text'"
        },
        {
            "replicate-text",
            """{"text":"a","id":1}""",
            "Info 13: the record has a member 'id', which replicate-text does not know"
        },
        {
            "replicate-prompt-completion",
            """{"text":"Water boils at 100 degrees."}""",
            "Error 2: 'text' has no place here | Error 1: the record has no 'prompt' | Error 1: the record has no 'completion'"
        },
        {
            "replicate-prompt-completion",
            """{"prompt":"a"}""",
            "Error 1: the record has no 'completion'"
        },
        {
            "anyscale-chat",
            """{"messages":[{"role":"user","content":"Is it raining in Bergen?"},{"role":"assistant","tool_calls":[{"id":"call_1","type":"function","function":{"name":"get_weather","arguments":"{\"city\":\"Bergen\"}"}}]},{"role":"tool","tool_call_id":"call_1","content":"rain"},{"role":"assistant","content":"Yes, it is raining in Bergen."}],"tools":[{"type":"function","function":{"name":"get_weather","description":"The weather now","parameters":{"type":"object","properties":{"city":{"type":"string"}},"required":["city"]}}}],"parallel_tool_calls":false}""",
            "Warning 87: 'messages[1]' has a member 'tool_calls', which anyscale-chat does not know | Error 67: 'messages[1]' has no 'content' | Error 215: 'messages[2].role' is 'tool'; anyscale-chat knows 'system', 'user' and 'assistant' | Warning 222: 'messages[2]' has a member 'tool_call_id', which anyscale-chat does not know | Warning 328: the record has a member 'tools', which anyscale-chat does not know | Warning 515: the record has a member 'parallel_tool_calls', which anyscale-chat does not know"
        },
        {
            "anyscale-chat",
            """{"messages":[{"role":"user","content":"one"},{"role":"bot","content":"two"}]}""",
            "Error 54: 'messages[1].role' is 'bot'; anyscale-chat knows 'system', 'user' and 'assistant'"
        },
        {
            "anyscale-chat",
            """{"messages":[{"role":"user","content":"one"},{"role":"assistant","content":"two"},{"role":"user","content":"three"}]}""",
            "Warning 83: 'messages[2]': the last message is of the role 'user', not 'assistant'"
        },
        {
            "mistral-chat",
            """{"messages":[{"role":"user","content":"Is it raining in Bergen?"},{"role":"assistant","tool_calls":[{"id":"call_1","type":"function","function":{"name":"get_weather","arguments":"{\"city\":\"Bergen\"}"}}]},{"role":"tool","tool_call_id":"call_1","content":"rain"},{"role":"assistant","content":"Yes, it is raining in Bergen."}],"tools":[{"type":"function","function":{"name":"get_weather","description":"The weather now","parameters":{"type":"object","properties":{"city":{"type":"string"}},"required":["city"]}}}],"parallel_tool_calls":false}""",
            "Error 107: 'messages[1].tool_calls[0].id' is 'call_1', not an ID of exactly nine letters and digits | Error 237: 'messages[2].tool_call_id' is 'call_1', not an ID of exactly nine letters and digits | Warning 515: the record has a member 'parallel_tool_calls', which mistral-chat does not know"
        },
        {
            "mistral-chat",
            """{"messages":[{"role":"user","content":"one"},{"role":"assistant","content":"two"},{"role":"user","content":"three"}]}""",
            "Error 83: 'messages[2]': the last message is of the role 'user', not 'assistant'"
        },
        {
            "mistral-chat",
            """{"messages":[{"role":"user","content":"one"},{"role":"bot","content":"two"}]}""",
            "Error 54: 'messages[1].role' is 'bot'; mistral-chat knows 'system', 'user', 'assistant' and 'tool'"
        },
        {
            "mistral-chat",
            """{"messages":[{"role":"user","content":"Is it raining in Bergen?"},{"role":"assistant","tool_calls":[{"id":"TX92Jm8Zi","type":"function","function":{"name":"get_weather","arguments":"{\"city\":\"Bergen\"}"}}]},{"role":"tool","tool_call_id":"TX92Jm8Zi","content":"rain"},{"role":"assistant","content":"Yes, it is raining in Bergen."}],"tools":[{"type":"function","function":{"name":"get_weather","parameters":{"type":"object","properties":{"city":{"type":"string"}},"required":["city"]}}}]}""",
            "Error 373: 'tools[0].function' has no 'description'"
        },
        {
            "mistral-chat",
            """{"messages":[{"role":"user","content":"Is it raining in Bergen?"},{"role":"assistant","content":"wait","tool_calls":[{"id":"TX92Jm8Zi","type":"function","function":{"name":"get_weather","arguments":"{\"city\":\"Bergen\"}"}}]},{"role":"tool","tool_call_id":"TX92Jm8Zi","content":"rain"},{"role":"assistant","content":"Yes, it is raining in Bergen."}],"tools":[{"type":"function","function":{"name":"get_weather","description":"The weather now","parameters":{"type":"object","properties":{"city":{"type":"string"}},"required":["city"]}}}]}""",
            "Error 67: 'messages[1]': the message has both content and tool calls"
        },
        {
            "mistral-chat",
            """{"messages":[{"role":"system","content":"a"},{"role":"system","content":"b"},{"role":"user","content":"q"},{"role":"assistant","content":"a"}]}""",
            "Error 46: 'messages[1]': more than 1 message of the role 'system'"
        },
        {
            "mistral-chat",
            """{"messages":[{"role":"user","content":"one"},{"role":"assistant","content":null}]}""",
            "Error 46: 'messages[1]': the message has neither content nor a tool call"
        },
        {
            "mistral-chat",
            """{"messages":[{"role":"assistant","content":"a"}]}""",
            "Error 13: 'messages': there is no message of the role 'user'"
        },
        {
            "mistral-chat",
            """{"messages":[{"role":"user","content":"q"},{"role":"assistant","content":""}]}""",
            "Error 44: 'messages[1]': the text is empty"
        },
        {
            "mistral-chat",
            """{"messages":[{"role":"assistant","content":"one"},{"role":"user","content":"two"},{"role":"assistant","content":"three"}]}""",
            "Warning 14: 'messages[0]': the conversation starts with 'assistant', not with 'user'"
        },
        {
            "mistral-chat",
            """{"messages":[{"role":"user","content":"one"},{"role":"assistant","content":"two"},{"role":"system","content":"three"},{"role":"user","content":"four"},{"role":"assistant","content":"five"}]}""",
            "Warning 83: 'messages[2]': a message of the role 'system' cannot follow one of the role 'assistant'"
        },
        {
            "mistral-chat",
            """{"messages":[{"role":"user","content":"q"},{"role":"assistant","tool_calls":[{"id":"TX92Jm8Zi","function":{"name":"f","arguments":"{}"}}]}]}""",
            "Warning 78: 'messages[1].tool_calls[0]' has no 'type'"
        },
        {
            "mistral-chat",
            """{"messages":[{"role":"user","content":"q"},{"role":"assistant","content":"a","weight":true}]}""",
            "Warning 87: 'messages[1].weight' is true or false, not the integer 0 or 1"
        },
        {
            "fireworks-chat",
            """{"messages":[{"role":"user","content":"Is it raining in Bergen?"},{"role":"assistant","tool_calls":[{"id":"call_1","type":"function","function":{"name":"get_weather","arguments":"{\"city\":\"Bergen\"}"}}]},{"role":"tool","tool_call_id":"call_1","content":"rain"},{"role":"assistant","content":"Yes, it is raining in Bergen."}],"tools":[{"type":"function","function":{"name":"get_weather","description":"The weather now","parameters":{"type":"object","properties":{"city":{"type":"string"}},"required":["city"]}}}],"parallel_tool_calls":false}""",
            "Error 67: 'messages[1]': the message has no content"
        },
        {
            "fireworks-chat",
            """{"messages":[{"role":"user","content":"one"},{"role":"user","content":"two"},{"role":"assistant","content":"three"}]}""",
            "Error 46: 'messages[1]': a message of the role 'user' cannot follow one of the role 'user'"
        },
        {
            "fireworks-chat",
            """{"messages":[{"role":"user","content":"one"},{"role":"assistant","content":"two"},{"role":"user","content":"three"}]}""",
            "Error 83: 'messages[2]': the last message is of the role 'user', not 'assistant'"
        },
        {
            "fireworks-chat",
            """{"messages":[{"role":"user","content":"one"}]}""",
            "Error 14: 'messages[0]': the last message is of the role 'user', not 'assistant'"
        },
        {
            "fireworks-chat",
            """{"messages":[{"role":"user","content":""},{"role":"assistant","content":"two"}]}""",
            "Error 39: 'messages[0].content' is empty"
        },
        {
            "fireworks-chat",
            """{"messages":[{"role":"developer","content":"be brief"},{"role":"user","content":"one"},{"role":"assistant","content":"two"}]}""",
            "Error 22: 'messages[0].role' is 'developer'; fireworks-chat knows 'system', 'user', 'assistant' and 'tool'"
        },
        {
            "fireworks-chat",
            """{"messages":[{"role":"user","content":"one"},{"role":"assistant","content":null}]}""",
            "Error 46: 'messages[1]': the message has no content"
        },
        {
            "fireworks-chat",
            """{"messages":[{"role":"user","content":"q"},{"role":"system","content":"s"},{"role":"assistant","content":"a"}]}""",
            "Error 44: 'messages[1]': a message of the role 'system' after the conversation has started | Error 76: 'messages[2]': a message of the role 'assistant' cannot follow one of the role 'system'"
        },
        {
            "fireworks-chat",
            """{"messages":[{"role":"user","content":"one"},{"role":"assistant","content":"two","weight":0}]}""",
            "Error 13: 'messages': every assistant message has the weight 0, so that nothing is learnt from the example"
        },
        {
            "fireworks-chat",
            """{"messages":[{"role":"user","content":"one"},{"role":"assistant","content":"two","weight":2}]}""",
            "Error 91: 'messages[1].weight' is '2', not the integer 0 or 1"
        },
        {
            "fireworks-dpo",
            """{"input":{"messages":[{"role":"user","content":"Why is the sky blue?"}]},"preferred_output":[{"role":"assistant","content":"Air scatters short waves of light more than long ones."}],"non_preferred_output":[{"role":"assistant","content":""}]}""",
            "Error 237: 'non_preferred_output[0].content' is empty"
        },
        {
            "fireworks-dpo",
            """{"input":{"messages":[{"role":"user","content":"a"},{"role":"assistant","content":"b"},{"role":"user","content":"c"}]},"preferred_output":[{"role":"assistant","content":"Air scatters short waves of light more than long ones."}],"non_preferred_output":[{"role":"assistant","content":"It just is."}]}""",
            "Error 22: 'input.messages': 2 messages of the role 'user', where there must be exactly one"
        },
        {
            "fireworks-dpo",
            """{"input":{"messages":[{"role":"user","content":"Why is the sky blue?"}]},"preferred_output":[{"role":"assistant","content":"Air scatters short waves of light more than long ones."}],"non_preferred_output":[{"role":"assistant","content":"a"},{"role":"assistant","content":"b"}]}""",
            "Error 206: 'non_preferred_output' has 2 items, where there must be 1"
        },
        {
            "cohere-chat",
            """{"messages":[{"role":"user","content":"Where is my parcel?"},{"role":"assistant","content":"shipping"}]}""",
            "Error 22: 'messages[0].role' is 'user'; cohere-chat knows 'System', 'User' and 'Chatbot' | Error 70: 'messages[1].role' is 'assistant'; cohere-chat knows 'System', 'User' and 'Chatbot'"
        },
        {
            "cohere-chat",
            """{"messages":[{"role":"System","content":"s"},{"role":"Chatbot","content":"a"}]}""",
            "Error 13: 'messages': there is no message of the role 'User'"
        },
        {
            "cohere-chat",
            """{"messages":[{"role":"User","content":"q"}]}""",
            "Error 13: 'messages': there is no message of the role 'Chatbot'"
        },
        {
            "sharegpt",
            """{"messages":[{"role":"user","content":"Where is my parcel?"},{"role":"assistant","content":"shipping"}]}""",
            "Error 1: the record has no 'conversations'"
        },
        {
            "sharegpt",
            """{"conversations":[{"from":"human","value":"q"}]}""",
            "Error 1: the last question of the record has no answer"
        },
        {
            "sharegpt",
            """{"conversations":[{"from":"gpt","value":"q"},{"from":"human","value":"a"}]}""",
            "Error 19: 'conversations[0]': an answer where a question is due"
        },
        {
            "sharegpt",
            """{"conversations":[{"from":"human","value":"q"},{"from":"human","value":"q"}]}""",
            "Error 48: 'conversations[1]': a question where an answer is due"
        },
        {
            "sharegpt",
            """{"conversations":[{"from":"user","value":"q"},{"from":"gpt","value":"a"}]}""",
            "Error 27: 'conversations[0].from' is 'user'; sharegpt knows 'human', 'gpt', 'observation', 'function_call' and 'system'"
        },
        {
            "sharegpt",
            """{"conversations":[{"from":"human","value":"q"},{"from":"gpt","value":"a"}],"chosen":{"from":"gpt","value":"a"},"rejected":{"from":"gpt","value":"b"}}""",
            "Error 1: the conversation of the record ends with an answer, which would be skipped: the answers stand outside"
        },
        {
            "sharegpt",
            """{"conversations":[{"from":"human","value":"q"}],"chosen":{"from":"human","value":"a"},"rejected":{"from":"gpt","value":"b"}}""",
            "Warning 66: 'chosen.from' is 'human', not 'gpt' or 'function_call'"
        },
        {
            "alpaca",
            """{"instruction":"i"}""",
            "Error 1: the record has no 'output'"
        },
        {
            "alpaca",
            """{"instruction":"i","output":1}""",
            "Error 29: 'output' is a number, not a string"
        },
        {
            "alpaca",
            """{"instruction":"i","output":"o","history":[["q"]]}""",
            "Error 44: 'history[0]' has 1 item, where there must be 2"
        },
    };
}
