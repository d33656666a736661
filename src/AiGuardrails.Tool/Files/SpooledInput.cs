using AiGuardrails.Tool.Checking;

namespace AiGuardrails.Tool.Files;

/// <summary>A file that can be read by its path: what comes through a pipe is put into a temporary one first.</summary>
internal sealed class SpooledInput : IDisposable
{
    private readonly WorkFolder? _folder;

    private SpooledInput(string path, WorkFolder? folder)
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

        var folder = new WorkFolder(context.TemporaryDirectory);
        var spooled = new SpooledInput(folder.PathOf("stdin.jsonl"), folder);
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

    public void Dispose() => _folder?.Dispose();
}
