using System.Text;
using EyeSlots.Core.Manifests;
using EyeSlots.Core.Storage;
using EyeSlots.Tests.Tools;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace EyeSlots.Tests.Manifests;

/// <summary>What a pin keeps, for how long, and what happens where none can be laid.</summary>
public sealed class GenerationPinTests : IDisposable
{
    private readonly Dataset dataset = new();
    private readonly RunName run = RunName.New(TimeProvider.System);
    private readonly SetTime time = new(DateTimeOffset.UtcNow.AddHours(1));

    [Fact]
    public async Task Collect_APinnedGeneration_KeepsItsManifestAndAllThatItNamesUntilThePinIsRemoved()
    {
        await GenerationsAsync();
        await using var pin = await LayAsync();
        Assert.Equal(3, (await CollectAsync()).Count); // the second generation alone
        Assert.Equal([1, 3], await dataset.Manifests.GenerationsAsync("a"));
        Assert.Empty(await new DatasetVerifier(dataset.Root.Store, (_, _) => true).VerifyAsync(await dataset.Manifests.LoadAsync("a", 1), null, CancellationToken.None));
        await pin.RemoveAsync();
        Assert.Equal(3, (await CollectAsync()).Count);
        Assert.DoesNotContain(dataset.Root.Files().Keys, key => key.StartsWith("pins/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Dispose_WithoutRemoval_LeavesThePinForTheRunThatGoesOn()
    {
        await GenerationsAsync();
        await using (await LayAsync())
        {
        }

        Assert.Equal(3, (await CollectAsync()).Count);
        await using (await LayAsync()) Assert.Empty(await CollectAsync());
    }

    [Fact]
    public async Task Collect_APinOlderThanAWeek_IsIgnoredAndRemoved()
    {
        await GenerationsAsync();
        await using var pin = await LayAsync();
        File.SetLastWriteTimeUtc(dataset.Root.At($"pins/{run}.json"), time.Now.UtcDateTime.AddDays(-8));
        var gone = await CollectAsync();
        Assert.Contains($"pins/{run}.json", gone);
        Assert.Equal(7, gone.Count);
    }

    [Fact]
    public async Task Lay_EachDay_IsLaidAgain()
    {
        await GenerationsAsync();
        var days = new JumpingTime(DateTimeOffset.UtcNow);
        await using var pin = await GenerationPin.LayAsync(dataset.Root.Store, run, "a", 1, days, NullLogger.Instance, CancellationToken.None);
        var file = dataset.Root.At($"pins/{run}.json");
        File.SetLastWriteTimeUtc(file, DateTime.UnixEpoch);
        days.Advance(TimeSpan.FromHours(25));
        Assert.True(SpinWait.SpinUntil(() => File.GetLastWriteTimeUtc(file) > DateTime.UnixEpoch, TimeSpan.FromSeconds(20)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("{\"dataset\":\"../a\",\"generation\":1}")]
    [InlineData("{\"dataset\":\"a\",\"generation\":-1}")]
    [InlineData("{\"dataset\":null,\"generation\":1}")]
    [InlineData("{\"dataset\":\"a\",\"generation\":99999999999999999999}")]
    [InlineData("{\"dataset\":\"a\",\"generation\":7}")]
    [InlineData("{\"dataset\":\"nobody\",\"generation\":1}")]
    public async Task Collect_AFileThatHoldsNoPin_IsPassedOver(string text)
    {
        await GenerationsAsync();
        dataset.Root.Write($"pins/{run}.json", Encoding.UTF8.GetBytes(text));
        dataset.Root.Write("pins/notes.json", "{\"dataset\":\"a\",\"generation\":1}");
        dataset.Root.Write($"pins/mine/{run}.json", "{\"dataset\":\"a\",\"generation\":1}");
        Assert.Equal(6, (await CollectAsync()).Count);
        Assert.Equal([3], await dataset.Manifests.GenerationsAsync("a"));
        Assert.Equal(3, Directory.GetFiles(dataset.Root.At("pins"), "*", SearchOption.AllDirectories).Length);
    }

    [Fact]
    public async Task Lay_ARootThatCannotBeWritten_WarnsAndGoesOn()
    {
        await GenerationsAsync();
        var log = new Lines();
        await using var pin = await GenerationPin.LayAsync(new ReadOnly(dataset.Root.Store), run, "a", 1, TimeProvider.System, log, CancellationToken.None);
        Assert.Contains("Generation 1 of 'a' could not be pinned, so gc may delete it while it is read. No room.", Assert.Single(log.Written), StringComparison.Ordinal);
    }

    public void Dispose() => dataset.Dispose();

    private async Task GenerationsAsync()
    {
        for (var at = 0; at < 3; at++) await dataset.CommitAsync("a", at, await dataset.PublishAsync(at + 1));
    }

    private Task<GenerationPin> LayAsync() => GenerationPin.LayAsync(dataset.Root.Store, run, "a", 1, TimeProvider.System, NullLogger.Instance, CancellationToken.None);

    private async Task<IReadOnlyList<string>> CollectAsync() =>
        (await new GarbageCollector(dataset.Root.Store, time).CollectAsync(1, TimeSpan.Zero, true, CancellationToken.None)).Files;

    private sealed class ReadOnly(IObjectStore inner) : WrappedStore(inner)
    {
        public override Task<bool> PublishAsync(string key, ReadOnlyMemory<byte> content, CancellationToken cancellation = default) => throw new StorageException("No room.");
    }

    private sealed class Lines : ILogger
    {
        public List<string> Written { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => Written.Add(formatter(state, exception));
    }
}
