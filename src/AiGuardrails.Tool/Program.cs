using AiGuardrails.Tool;

return await CommandLine.RunAsync(args, ToolContext.ForConsole()).ConfigureAwait(false);
