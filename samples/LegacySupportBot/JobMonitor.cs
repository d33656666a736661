using System.Net.Http.Headers;
using System.Text.Json;

namespace LegacySupportBot;

/// <summary>Step 4 without the SDK: the nightly script watches a job that somebody else started.</summary>
internal sealed class JobMonitor(string apiKey) : IDisposable
{
    private readonly HttpClient _http = new()
    {
        DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", apiKey) },
    };

    public async Task<string> WaitForModelAsync(string jobId, CancellationToken cancellationToken)
    {
        var job = await GetJobAsync(jobId, cancellationToken);
        var status = job.GetProperty("status").GetString();

        while (status == "running" || status == "pending")
        {
            Console.WriteLine($"{jobId}: {status}");
            await Task.Delay(TimeSpan.FromSeconds(60), cancellationToken);

            job = await GetJobAsync(jobId, cancellationToken);
            status = job.GetProperty("status").GetString();
        }

        return job.GetProperty("fine_tuned_model").GetString()!;
    }

    public void Dispose() => _http.Dispose();

    private async Task<JsonElement> GetJobAsync(string jobId, CancellationToken cancellationToken)
    {
        var json = await _http.GetStringAsync($"https://api.openai.com/v1/fine_tuning/jobs/{jobId}", cancellationToken);
        return JsonSerializer.Deserialize<JsonElement>(json);
    }
}
