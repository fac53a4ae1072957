using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using EyeSlots.Aws.Mailbox;
using EyeSlots.Core.Storage;

namespace EyeSlots.Aws.Costs;

/// <summary>How fast the last runs were, by the results that they left in the mailboxes of the artifact bucket.</summary>
/// <param name="bucket">That bucket.</param>
/// <param name="prices">What tells whether a run was bound by its processors.</param>
public sealed partial class LastSpeed(IObjectStore bucket, PriceFile prices)
{
    /// <summary>So many of the newest results are looked at; others are no runs that cut anything.</summary>
    private const int MostResults = 20, MostResultBytes = 16 << 20;

    /// <summary>Images of a run that says something: fewer are made before the machines are warm.</summary>
    private const long LeastImages = 5000;

    /// <summary>A run as near as that to another bound says nothing of its processors.</summary>
    private const double NearABound = 0.7;

    /// <summary>Of the newest run that was bound by its processors; null where there is none.</summary>
    /// <exception cref="StorageException">The bucket was not reached.</exception>
    public async Task<ImageSpeed?> FindAsync(CancellationToken cancellation = default)
    {
        List<ObjectStat> results = [];
        await foreach (var file in bucket.ListAsync("clusters/", cancellation).ConfigureAwait(false))
        {
            if (Succeeded().IsMatch(file.Key)) results.Add(file);
        }

        foreach (var file in results.OrderByDescending(file => file.Modified).Take(MostResults))
        {
            if (await ReadAsync(file.Key, cancellation).ConfigureAwait(false) is not { } result || Milliseconds(result) is not { } milliseconds) continue;
            return new(milliseconds, string.Create(CultureInfo.InvariantCulture, $"the run of {file.Key}, {file.Modified:yyyy-MM-dd}, on {VcpusOf(result)} vCPU"));
        }

        return null;
    }

    // A damaged result is one less to learn from.
    private async Task<JobResult?> ReadAsync(string key, CancellationToken cancellation)
    {
        if (await bucket.ReadSmallAsync(key, MostResultBytes, cancellation).ConfigureAwait(false) is not { } file) return null;
        try
        {
            return JsonSerializer.Deserialize(file, MailboxJson.Default.JobResult);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private double? Milliseconds(JobResult result)
    {
        var (images, seconds, bytes) = (Number(result, "facesMade"), Number(result, "seconds"), Number(result, "bytesRead"));
        if (images < LeastImages || seconds <= 0 || bytes <= 0 || VcpusOf(result) <= 0) return null;
        var network = result.Workers == 0 ? prices.MasterTypes[0].BytesPerSecond : result.Workers * prices.DearestWorker.BytesPerSecond;
        var bound = Math.Min(network / (bytes / images), prices["GET rate of a prefix"].Value);
        return images / seconds < NearABound * bound ? Math.Round(1000 * VcpusOf(result) * seconds / images, 3) : null;
    }

    private double VcpusOf(JobResult result) => result.Workers == 0 ? result.Vcpus : result.Workers * prices.DearestWorker.Vcpus.Value;

    private static double Number(JobResult result, string name) =>
        result.Result is { ValueKind: JsonValueKind.Object } said && said.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) ? number : 0;

    [GeneratedRegex(@"^clusters/[a-z0-9][a-z0-9-]{0,31}/results/[0-9]{4}\.succeeded\z")]
    private static partial Regex Succeeded();
}
