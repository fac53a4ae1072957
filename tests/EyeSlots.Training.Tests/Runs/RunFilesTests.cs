using EyeSlots.Core;
using EyeSlots.Integration.Tests;
using EyeSlots.Training.Runs;

namespace EyeSlots.Training.Tests.Runs;

/// <summary>The small files of a run: its lines of metrics, its hashed paths, its lock.</summary>
public sealed class RunFilesTests : IDisposable
{
    private readonly Scratch scratch = new();

    [Fact]
    public void Metrics_OpenedAtAnEarlierEpoch_DropsLaterLinesAndWhatAKillCut()
    {
        var path = scratch["metrics.jsonl"];
        var log = MetricsLog.Open(path, 0);
        for (var epoch = 1; epoch <= 4; epoch++) log.Add(Epoch(epoch));
        File.AppendAllText(path, "{\"epoch\":5,\"step\"");
        Assert.Equal([1, 2, 3, 4], MetricsLog.Read(path).Select(line => line.Epoch));
        var resumed = MetricsLog.Open(path, 2);
        Assert.Equal([1, 2], resumed.Epochs.Select(line => line.Epoch));
        resumed.Add(Epoch(3) with { TrainingLoss = 0.5 });
        Assert.Equal(3, File.ReadAllLines(path).Length);
        Assert.Equal(0.5, MetricsLog.Read(path).Last().TrainingLoss);
    }

    [Fact]
    public void Metrics_WithoutALineOfAnEpochThatHasEnded_AreDamaged()
    {
        MetricsLog.Open(scratch["metrics.jsonl"], 0).Add(Epoch(1));
        var lacking = Assert.Throws<EyeSlotsException>(() => MetricsLog.Open(scratch["metrics.jsonl"], 2));
        Assert.Equal(ErrorCodes.CheckpointDamaged, lacking.Code);
        Assert.Contains("lacks lines of the 2 epochs that have ended", lacking.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Metrics_WithNumbersThatAreUndefined_ReadBackAsTheSame()
    {
        var epoch = Epoch(1) with { ValidationLoss = null, MeanCcc = null, TrainingLoss = 0.1 + 0.2 };
        MetricsLog.Open(scratch["metrics.jsonl"], 0).Add(epoch);
        Assert.Equal(epoch, Assert.Single(MetricsLog.Read(scratch["metrics.jsonl"])));
    }

    [Fact]
    public void TrainedPaths_Loaded_KnowEachPathAndNoOther()
    {
        string[] paths = [.. Enumerable.Range(0, 1000).Select(number => $"{number % 7}/{number}.jpg")];
        TrainedPaths.Of(paths.Concat(paths)).Save(scratch[TrainedPaths.FileName]);
        var trained = TrainedPaths.Load(scratch.Folder);
        Assert.Equal(1000, trained.Count);
        Assert.All(paths, path => Assert.True(trained.Contains(path)));
        Assert.False(trained.Contains("0/1.jpg"));
        Assert.Equal(16_000, new FileInfo(scratch[TrainedPaths.FileName]).Length);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(0)]
    [InlineData(17)]
    public void TrainedPaths_MissingOrCut_AreDamaged(int? bytes)
    {
        if (bytes is { } length) File.WriteAllBytes(scratch[TrainedPaths.FileName], new byte[length]);
        Assert.Equal(ErrorCodes.CheckpointDamaged, Assert.Throws<EyeSlotsException>(() => TrainedPaths.Load(scratch.Folder)).Code);
    }

    [Fact]
    public void Folder_InUse_IsBusyAndSaysWhoUsesIt()
    {
        using (RunFolder.Open(scratch["run"], resume: false))
        {
            var busy = Assert.Throws<EyeSlotsException>(() => RunFolder.Open(scratch["run"], resume: true));
            Assert.Equal(ErrorCodes.RunBusy, busy.Code);
            Assert.Contains($"process {Environment.ProcessId} on {Environment.MachineName}", busy.Message, StringComparison.Ordinal);
        }

        RunFolder.Open(scratch["run"], resume: false).Dispose();
    }

    [Theory]
    [InlineData(0.3, 0.4, true)]
    [InlineData(0.3, 0.3, false)]
    [InlineData(0.3, 0.2, false)]
    [InlineData(0.3, null, false)]
    [InlineData(null, 0.1, true)]
    [InlineData(null, null, false)]
    public void Progress_AfterASecondEpoch_IsBestWhereItsCccIsHigher(double? first, double? second, bool isBest)
    {
        var progress = new RunProgress().AfterEpoch(first);
        Assert.Equal((1, first), (progress.BestEpoch, progress.BestCcc));
        progress = progress.AfterEpoch(second);
        Assert.Equal(isBest ? 2 : 1, progress.BestEpoch);
        Assert.Equal(isBest ? 0 : 1, progress.Stale);
        Assert.Equal(new(2, 0), progress.Position);
    }

    public void Dispose() => scratch.Dispose();

    private static EpochMetrics Epoch(int number) =>
        new(number, 10 * number, 1.0 / number, 0.25, new(0.5, null, 0, 0.5, null, 3), new(0.4, 0.1, 0.2, 0.3, 0.3, 0), 0.1, 1e-4, 320, 2.5, 128, 0.01, 3, 0);
}
