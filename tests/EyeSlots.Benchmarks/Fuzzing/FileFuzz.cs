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
        return await FuzzCases.RunAsync(
            count, seed,
            async (_, random) =>
            {
                var target = targets[random.Next(targets.Length)];
                return $"{target.Name}: {await ReadAsync(target, await target.DrawAsync(random))}";
            });
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
        catch (Exception error)
        {
            throw new InvalidOperationException($"{target.Name}: {error.Message}", error);
        }

        var taken = GC.GetTotalAllocatedBytes() - before;
        return taken <= FuzzTarget.FewBytes + ((long)target.MostExpansion * file.Length)
            ? end
            : throw new InvalidOperationException($"{target.Name}: {file.Length} bytes took {taken} of the heap.");
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
