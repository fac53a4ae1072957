using EyeSlots.Core.Storage;

namespace EyeSlots.Tests.Jobs.Interleavings;

/// <summary>The pairs that every kind of store goes through: who stops, and who passes or follows.</summary>
/// <param name="open">Opens an empty root.</param>
/// <param name="every">Every so many calls one is stopped at.</param>
internal sealed class Pairs(Func<Task<IObjectStore>> open, int every) : IDisposable
{
    private readonly Scene scene = new();
    private readonly Interleaving interleaving = new(open) { Every = every };

    /// <summary>Lets each pair interleave.</summary>
    /// <returns>How many interleavings there were.</returns>
    public async Task<int> AllAsync()
    {
        var count = await PassAsync("nothing", scene.Run("x"), scene.Run("x"));
        count += await PassAsync("nothing", scene.Run("x"), scene.Run("y"));
        count += await PassAsync("orphans", scene.Run("x"), Scene.Collect());
        count += await PassAsync("orphans", Scene.Collect(), scene.Run("x"));
        count += await PassAsync("orphans", Scene.Collect(), scene.Run("x", "b"));
        count += await PassAsync("damaged orphans", scene.Run("x"), scene.Run("x"));
        count += await PassAsync("damaged quarantine", scene.Run("x"), scene.Run("x"), Scene.Collect());
        count += await PassAsync("a damaged generation", scene.Run("x"), scene.Run("x"));
        count += await PassAsync("three generations", Scene.Collect(2), Scene.Collect());
        count += await PassAsync("three generations", Scene.Read(1), Scene.Collect());
        count += await PassAsync("three generations", Scene.Collect(), Scene.Read(1));
        count += await interleaving.OthersFollowAKillAsync(await scene.StartAsync("orphans"), scene.Run("x"), scene.Run("x"));
        count += await interleaving.OthersFollowAKillAsync(await scene.StartAsync("a damaged generation"), scene.Run("x"), scene.Run("x"));
        return count + await interleaving.OthersFollowAKillAsync(await scene.StartAsync("three generations"), Scene.Collect(), scene.Run("x"));
    }

    /// <summary>Two that both stop, at each of their calls.</summary>
    /// <returns>How many interleavings there were.</returns>
    public async Task<int> BothStopAsync() =>
        await interleaving.BothStopAsync(await scene.StartAsync("orphans"), scene.Run("x"), Scene.Collect()) +
        await interleaving.BothStopAsync(await scene.StartAsync("orphans"), Scene.Collect(), scene.Run("x")) +
        await interleaving.BothStopAsync(await scene.StartAsync("three generations"), Scene.Read(1), Scene.Collect()) +
        await interleaving.BothStopAsync(await scene.StartAsync("damaged orphans"), scene.Run("x"), scene.Run("x"));

    public void Dispose() => scene.Dispose();

    private async Task<int> PassAsync(string start, Actor first, params Actor[] others) =>
        (await interleaving.OthersPassAsync(await scene.StartAsync(start), first, others)).Count;
}
