using EyeSlots.Core.Planning;

namespace EyeSlots.Benchmarks.Fuzzing;

/// <summary>
/// Makes files of our own hostile and reads them as every command does: shards, quarantine files, manifests, plans, slices, crops, tensors and models. Each case
/// must end in a value or in its documented exception, and take no more memory than its bytes allow; else the process ends with the
/// case's number.
/// </summary>
internal static class FileFuzz
{
    public static async Task<int> RunAsync(int count, int seed)
    {
        FuzzTarget[] targets = [.. await TargetsAsync()];
        SortedDictionary<string, int> ends = new(StringComparer.Ordinal);
        for (var number = 0; number < count; number++)
        {
            var random = new Random(unchecked((seed * 1_000_003) + number));
            var target = targets[random.Next(targets.Length)];
            try
            {
                var end = $"{target.Name}: {await ReadAsync(target, await target.DrawAsync(random))}";
                ends[end] = ends.GetValueOrDefault(end) + 1;
            }
            catch (Exception error)
            {
                Console.WriteLine($"case {number} of seed {seed}, {target.Name}: {error}");
                return 1;
            }
        }

        foreach (var (end, times) in ends) Console.WriteLine($"{end} {times}");
        return 0;
    }

    private static async Task<string> ReadAsync(FuzzTarget target, byte[] file)
    {
        var before = GC.GetTotalAllocatedBytes();
        string end;
        try
        {
            end = await target.ReadAsync(file);
        }
        catch (Exception error) when (target.IsRefusal(error))
        {
            end = "refused";
        }

        var taken = GC.GetTotalAllocatedBytes() - before;
        return taken <= FuzzTarget.FewBytes + ((long)target.MostExpansion * file.Length)
            ? end
            : throw new InvalidOperationException($"{file.Length} bytes took {taken} of the heap.");
    }

    private static async Task<IEnumerable<FuzzTarget>> TargetsAsync()
    {
        var formats = Enum.GetValues<SlotFormat>();
        return [
            .. await Task.WhenAll(formats.Select(ShardTarget.MakeAsync)), .. formats.Select(format => new SlotTarget(format)),
            await QuarantineTarget.MakeAsync(), new ManifestTarget(), new PlanTarget(), new SliceTarget(), new SafetensorsTarget(), new ModelTarget(),
        ];
    }
}
