using EyeSlots.Core.Annotations;
using EyeSlots.Core.Manifests;
using EyeSlots.Core.Planning;
using EyeSlots.Core.Shards;
using EyeSlots.Core.Storage;

namespace EyeSlots.Reporting.Datasets;

/// <summary>A few rejected faces of each code, from shards spread over the generation.</summary>
/// <param name="Rows">By code, in the order in which codes are judged.</param>
/// <param name="Damaged">Shards whose quarantine file could not be read.</param>
public sealed record QuarantineExamples(IReadOnlyList<QuarantineRow> Rows, IReadOnlyList<VerifyProblem> Damaged)
{
    private const int OfEachCode = 3;

    /// <summary>Reads only the quarantine files from which examples are taken: three of each code at most.</summary>
    /// <param name="root">The dataset root.</param>
    /// <param name="content">The generation.</param>
    /// <param name="cancellation">Stops.</param>
    public static async Task<QuarantineExamples> ReadAsync(IObjectStore root, ManifestContent content, CancellationToken cancellation)
    {
        List<QuarantineRow> rows = [];
        SortedDictionary<string, VerifyProblem> damaged = new(StringComparer.Ordinal);
        foreach (var code in RejectCodes.All)
        {
            ShardResult[] having = [.. content.Shards.Where(shard => shard.RejectedByCode.ContainsKey(code.Text()))];
            var left = OfEachCode;
            var files = DatasetStatistics.Sample(having, OfEachCode);
            for (var at = 0; at < files.Count; at++)
            {
                try
                {
                    var found = await PublishedFile.ReadQuarantineAsync(root, files[at], cancellation).ConfigureAwait(false);
                    var before = rows.Count;
                    rows.AddRange(found.Where(row => row.Code == code).Take(Math.Max(1, left / (files.Count - at))));
                    left -= rows.Count - before;
                }
                catch (EyeSlotsException error) when (error.Code == ErrorCodes.DatasetDamaged)
                {
                    damaged[files[at].Fingerprint] = new(files[at].Fingerprint, error.Message);
                }
            }
        }

        return new(rows, [.. damaged.Values]);
    }
}
