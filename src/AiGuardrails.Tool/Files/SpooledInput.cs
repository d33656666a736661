namespace AiGuardrails.Tool.Files;

/// <summary>A file that can be read by its path: what comes through a pipe is put into a temporary one first.</summary>
internal sealed class SpooledInput : IDisposable
{
    private readonly string? _folder;

    private SpooledInput(string path, string? folder)
    {
        Path = path;
        _folder = folder;
    }

    /// <summary>Gets the full path.</summary>
    public string Path { get; }

    public static async Task<SpooledInput> OfAsync(string file, ToolContext context, CancellationToken cancellationToken)
    {
        _ = DataFiles.MustExist(file, context);
        if (file != DataFiles.StandardStream)
        {
            return new SpooledInput(DataFiles.PathOf(file, context), folder: null);
        }

        var folder = Directory.CreateTempSubdirectory("aiguardrails-").FullName;
        var spooled = new SpooledInput(System.IO.Path.Combine(folder, "stdin.jsonl"), folder);
        try
        {
            var input = context.OpenInput();
            await using (input.ConfigureAwait(false))
            {
                var copy = File.Create(spooled.Path);
                await using (copy.ConfigureAwait(false))
                {
                    await input.CopyToAsync(copy, cancellationToken).ConfigureAwait(false);
                }
            }

            return spooled;
        }
        catch
        {
            spooled.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        if (_folder is not null)
        {
            Directory.Delete(_folder, recursive: true);
        }
    }
}
