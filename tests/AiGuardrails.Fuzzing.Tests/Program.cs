using AiGuardrails.Fuzzing.Tests;

// What the tests run in a process of its own; see OtherProcess.
return await OtherProcess.MainAsync(args);
