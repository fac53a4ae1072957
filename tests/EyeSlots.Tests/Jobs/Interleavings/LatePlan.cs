using System.Runtime.CompilerServices;
using EyeSlots.Core.Planning;
using EyeSlots.Core.Storage;
using EyeSlots.Tests.Tools;

namespace EyeSlots.Tests.Jobs.Interleavings;

/// <summary>A root that takes a run's plan only when the run has read what it keeps and begins to make the rest: as late as it may be laid.</summary>
internal sealed class LatePlan(IObjectStore inner) : WrappedStore(inner)
{
    private readonly TaskCompletionSource begun = new();

    public override async Task<bool> PublishAsync(string key, ReadOnlyMemory<byte> content, CancellationToken cancellation = default)
    {
        if (key.StartsWith("plans/", StringComparison.Ordinal)) await begun.Task.WaitAsync(cancellation);
        return await base.PublishAsync(key, content, cancellation);
    }

    /// <summary>The same engines; the first that makes something lets the plan be laid.</summary>
    public IEngineFactory Watch(IEngineFactory engines) => new Engines(engines, begun);

    private sealed class Engines(IEngineFactory inner, TaskCompletionSource begun) : IEngineFactory
    {
        public string Name => inner.Name;

        public IEngine Open(EngineJob job, CancellationToken cancellation) => new Engine(inner.Open(job, cancellation), begun);
    }

    private sealed class Engine(IEngine inner, TaskCompletionSource begun) : IEngine
    {
        public string Name => inner.Name;

        public CancellationToken Failing => inner.Failing;

        public double? SessionSeconds => inner.SessionSeconds;

        public Task PrepareAsync(CancellationToken cancellation) => inner.PrepareAsync(cancellation);

        public async IAsyncEnumerable<ShardResult> RunAsync(
            ISliceStage stage, Plan plan, IReadOnlyList<SliceHeader> slices, [EnumeratorCancellation] CancellationToken cancellation)
        {
            begun.TrySetResult();
            await foreach (var result in inner.RunAsync(stage, plan, slices, cancellation)) yield return result;
        }

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }
}
