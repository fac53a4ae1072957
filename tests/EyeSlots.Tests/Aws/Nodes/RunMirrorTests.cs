using System.Text;
using EyeSlots.Aws.Nodes;
using EyeSlots.Core.Storage;
using EyeSlots.Tests.Tools;

namespace EyeSlots.Tests.Aws.Nodes;

/// <summary>A run's folder on S3: whenever a machine vanishes, one whole moment of it is there.</summary>
public sealed class RunMirrorTests : IDisposable
{
    private readonly TempFolder bucket = new(), machine = new();

    public void Dispose()
    {
        bucket.Dispose();
        machine.Dispose();
    }

    [Fact]
    public async Task FetchAsync_OnAnEmptyMachine_BringsWhatWasPushed()
    {
        WriteRun(1);
        machine.Write("run/lock", "process 17");
        Assert.True(await Mirror(bucket.Store, "run").PushAsync(CancellationToken.None));
        await Mirror(bucket.Store, "other").FetchAsync(CancellationToken.None);
        Assert.Equal(RunOf(1), Read("other"));
    }

    /// <summary>The machine vanishes before each call that it makes to S3 in turn.</summary>
    [Fact]
    public async Task PushAsync_KilledAtAnyCall_LeavesTheStateBeforeOrAfter()
    {
        for (var calls = 0; ; calls++)
        {
            using var place = new TempFolder();
            WriteRun(1);
            await Mirror(place.Store, "run").PushAsync(CancellationToken.None);
            WriteRun(2);
            var isKilled = await IsKilledAsync(Mirror(new VanishingStore(place.Store, calls), "run"));
            await Mirror(place.Store, $"after-{calls}").FetchAsync(CancellationToken.None);
            var found = Read($"after-{calls}");
            Assert.True(found.SequenceEqual(RunOf(1)) || found.SequenceEqual(RunOf(2)), $"After {calls} calls: {string.Join(", ", found)}");
            if (!isKilled)
            {
                Assert.True(calls > 5);
                Assert.Equal(RunOf(2), found);
                return;
            }
        }
    }

    private static async Task<bool> IsKilledAsync(RunMirror pushing)
    {
        try
        {
            await pushing.PushAsync(CancellationToken.None);
            return false;
        }
        catch (OperationCanceledException)
        {
            return true;
        }
    }

    [Fact]
    public async Task PushAsync_AfterTheNextState_LeavesNothingOfTheFirst()
    {
        WriteRun(1);
        var mirror = Mirror(bucket.Store, "run");
        await mirror.PushAsync(CancellationToken.None);
        WriteRun(2);
        await mirror.PushAsync(CancellationToken.None);
        Assert.Equal(RunOf(2).Count + 1, bucket.Files().Count);
    }

    [Theory]
    [InlineData("../../etc/passwd")]
    [InlineData("/etc/passwd")]
    [InlineData("a//b")]
    public async Task FetchAsync_ListThatLeavesTheFolder_IsRefused(string path)
    {
        bucket.Write("mirror.json", $$"""{"files": [{"path": "{{path}}", "size": 1, "sha256": "{{new string('0', 64)}}"}]}""");
        await Assert.ThrowsAsync<StorageException>(() => Mirror(bucket.Store, "run").FetchAsync(CancellationToken.None));
        Assert.False(Directory.Exists(machine.At("run")));
    }

    [Fact]
    public async Task FetchAsync_ContentThatSomebodyChanged_IsRefused()
    {
        WriteRun(1);
        await Mirror(bucket.Store, "run").PushAsync(CancellationToken.None);
        foreach (var key in bucket.Files("files").Keys) bucket.Write(key, "other");
        await Assert.ThrowsAsync<StorageException>(() => Mirror(bucket.Store, "other").FetchAsync(CancellationToken.None));
        Assert.False(Directory.Exists(machine.At("other")));
    }

    private static SortedDictionary<string, string> RunOf(int epoch) => new(StringComparer.Ordinal)
    {
        ["best/model.json"] = $"model {epoch}", ["best/model.safetensors"] = $"weights {epoch}", ["checkpoints/0001.safetensors"] = epoch == 1 ? "one" : "two", ["config.json"] = "config",
        ["metrics.jsonl"] = $"lines {epoch}",
    };

    private RunMirror Mirror(IObjectStore store, string folder) => new(store, machine.At(folder), TimeProvider.System, new NodeLog(machine.At("node.log"), TimeProvider.System, _ => { }));

    private void WriteRun(int epoch)
    {
        foreach (var (path, content) in RunOf(epoch)) machine.Write("run/" + path, content);
    }

    private SortedDictionary<string, string> Read(string folder) => new(
        machine.Files(folder).ToDictionary(file => file.Key[(folder.Length + 1)..], file => Encoding.UTF8.GetString(file.Value)), StringComparer.Ordinal);

    private sealed class VanishingStore(IObjectStore store, int calls) : WrappedStore(store)
    {
        private int left = calls;

        public override Task<bool> PublishAsync(string key, ReadOnlyMemory<byte> content, CancellationToken cancellation = default) => Live(() => base.PublishAsync(key, content, cancellation));

        public override Task<bool> ReplaceAsync(string key, ObjectStat seen, ReadOnlyMemory<byte> content, CancellationToken cancellation = default) =>
            Live(() => base.ReplaceAsync(key, seen, content, cancellation));

        public override Task DeleteAsync(string key, CancellationToken cancellation = default) => Live(() => base.DeleteAsync(key, cancellation));

        private T Live<T>(Func<T> call) => left-- > 0 ? call() : throw new OperationCanceledException("The machine is gone.");
    }
}
