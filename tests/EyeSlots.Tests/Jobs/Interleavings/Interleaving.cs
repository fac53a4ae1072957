using EyeSlots.Core.Storage;
using EyeSlots.Tests.Tools;

namespace EyeSlots.Tests.Jobs.Interleavings;

/// <summary>Lets actors interleave at every call, and looks at the root after each.</summary>
/// <param name="open">Opens an empty root.</param>
internal sealed class Interleaving(Func<Task<IObjectStore>> open)
{
    private static readonly string[] GoodEnds = ["committed", "kept", "superseded", "collected", "read", "gone", "killed"];

    /// <summary>Every so many calls of the first actor one is stopped at; 1 stops at each.</summary>
    public int Every { get; init; } = 1;

    /// <summary>The first actor stops before a call, others pass entirely, and it goes on: for every call that it makes.</summary>
    /// <returns>How many interleavings there were, and which ends the first actor came to.</returns>
    public async Task<(int Count, HashSet<string> Ends)> OthersPassAsync(Files start, Actor first, params Actor[] others)
    {
        HashSet<string> ends = [];
        for (var (stop, count) = (0, 0); ; stop += Every, count++)
        {
            var (root, time) = (await StartAsync(start), new JumpingTime(Now));
            using var stepped = new SteppedStore(root, stop, () => AllAsync(root, time, others));
            var end = await EndAsync(first(stepped, time));
            if (!stepped.Stopped) return (count, ends);
            ends.Add(end);
            await AssertSoundAsync(root, time, $"stopped at call {stop}, {end}");
        }
    }

    /// <summary>The first actor is killed before a call, others come after, for every call that it makes.</summary>
    public async Task<int> OthersFollowAKillAsync(Files start, Actor first, params Actor[] others)
    {
        for (var (stop, count) = (0, 0); ; stop += Every, count++)
        {
            var (root, time) = (await StartAsync(start), new JumpingTime(Now));
            using var stepped = new SteppedStore(root, stop, () => throw new KilledException());
            var end = await EndAsync(first(stepped, time));
            if (!stepped.Stopped) return count;
            Assert.Equal("killed", end);
            await Files.AssertNoHoleAsync(root, $"killed at call {stop}");
            await AllAsync(root, time, others);
            await AssertSoundAsync(root, time, $"killed at call {stop}");
        }
    }

    /// <summary>The first actor stops before a call, the second comes as far as one of its own, the first ends, the second ends: for every two calls.</summary>
    public async Task<int> BothStopAsync(Files start, Actor first, Actor second)
    {
        for (int stop = 0, other = 0, count = 0; ; count++)
        {
            var (root, time) = (await StartAsync(start), new JumpingTime(Now));
            TaskCompletionSource paused = new(), go = new();
            using var inner = new SteppedStore(root, other, () =>
            {
                paused.SetResult();
                return go.Task;
            });
            Task<string>? running = null;
            using var outer = new SteppedStore(root, stop, () =>
            {
                running = Task.Run(() => EndAsync(second(inner, time)));
                return Task.WhenAny(paused.Task, running);
            });
            var ends = await EndAsync(first(outer, time));
            go.SetResult();
            if (running is null) return count;
            ends += ", " + await running;
            await AssertSoundAsync(root, time, $"stopped at calls {stop} and {other}, {ends}");
            (stop, other) = inner.Stopped ? (stop, other + Every) : (stop + Every, 0);
        }
    }

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow().AddMinutes(1);

    private async Task<IObjectStore> StartAsync(Files start)
    {
        var root = await open();
        await start.PutAsync(root);
        return root;
    }

    private static async Task AllAsync(IObjectStore root, TimeProvider time, Actor[] actors)
    {
        foreach (var actor in actors) await EndAsync(actor(root, time));
    }

    private static async Task<string> EndAsync(Task<string> actor)
    {
        try
        {
            var end = await actor;
            Assert.Contains(end, GoodEnds);
            return end;
        }
        catch (KilledException)
        {
            return "killed";
        }
    }

    /// <summary>Sound at once, and when gc has taken away what is left, a week later: as long it keeps the plan of a run that was killed.</summary>
    private static async Task AssertSoundAsync(IObjectStore root, JumpingTime time, string how)
    {
        await Files.AssertSoundAsync(root, how);
        time.Advance(TimeSpan.FromDays(8));
        await Scene.Collect()(root, time);
        await Files.AssertSoundAsync(root, how + ", collected");
        await Files.AssertNothingElseAsync(root, how);
    }
}
