using AiGuardrails.Runtime.Tests.Training;

// What the tests run in a process of its own; see ChildWriter.
return await ChildWriter.MainAsync(args);
