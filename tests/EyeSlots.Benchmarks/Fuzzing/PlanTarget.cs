using EyeSlots.Core.Manifests;
using EyeSlots.Tests.Tools;

namespace EyeSlots.Benchmarks.Fuzzing;

/// <summary>Plans of runs: bytes and values, as gc reads them.</summary>
internal sealed class PlanTarget : FuzzTarget
{
    private static readonly string Key = RunFiles.Plan(RunName.New(TimeProvider.System));
    private readonly byte[] good = new RunPlan("faces", 3, [.. Enumerable.Range(0, 6).Select(at => $"{at:x64}")]).ToBytes();

    public override string Name => "plan";

    public override Task<byte[]> DrawAsync(Random random) =>
        Task.FromResult(random.Next(3) == 0 ? ByteMutation.Of(good, good, random) : JsonMutation.Of(good, random));

    public override async Task<string> ReadAsync(byte[] file)
    {
        var store = new MemoryStore("memory");
        store.Put(Key, file);
        var plan = Found(await RunPlan.FindAllAsync(store, DateTimeOffset.UnixEpoch, CancellationToken.None));
        return plan.Fingerprints.Count == 6 ? "plan" : "another";
    }

    private static RunPlan Found(Dictionary<string, RunPlan> plans) =>
        plans.TryGetValue(Key, out var plan) ? plan : throw new InvalidOperationException("A plan was passed over, so gc may delete what it names.");
}
