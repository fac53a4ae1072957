using EyeSlots.Core;
using EyeSlots.Training.Runs;
using EyeSlots.Training.Search;
using EyeSlots.Training.Torch;

namespace EyeSlots.Training.Tests.Search;

/// <summary>Which run of a search is trained where and when; a trainer that trains nothing stands in, since nobody here has two cards.</summary>
public sealed class SearchScheduleTests
{
    private static readonly TrainingDevice First = TrainingDevice.Parse("cuda:0")!.Value, Second = TrainingDevice.Parse("cuda:1")!.Value;

    [Fact]
    public async Task RunAsync_OnTwoDevices_TrainsOneRunOnEachAtATimeInTheirOrder()
    {
        var trainer = new Trainer();
        var training = ScheduleOf(trainer, First, Second).RunAsync(CancellationToken.None);
        Assert.Equal([(0.1, First), (0.01, Second)], trainer.Begun);
        trainer.End(0.01);
        Assert.Equal([(0.1, First), (0.01, Second), (0.001, Second)], trainer.Begun);
        trainer.End(0.001);
        trainer.End(0.1);
        Assert.Empty(await training);
        Assert.Equal(3, trainer.Begun.Count);
    }

    [Fact]
    public async Task RunAsync_WhereARunDiverges_GoesOnAndSaysWhich()
    {
        var trainer = new Trainer();
        var training = ScheduleOf(trainer, First).RunAsync(CancellationToken.None);
        trainer.Fail(0.1, ErrorCodes.Diverged);
        trainer.End(0.01);
        trainer.End(0.001);
        Assert.Equal([new SearchedRun(0.1, 7)], await training);
    }

    [Fact]
    public async Task RunAsync_WhereARunFails_StopsTheOthersAndTellsItsError()
    {
        var trainer = new Trainer();
        var training = ScheduleOf(trainer, First, Second).RunAsync(CancellationToken.None);
        trainer.Fail(0.01, ErrorCodes.DiskFull);
        var error = await Assert.ThrowsAsync<EyeSlotsException>(() => training);
        Assert.Equal(ErrorCodes.DiskFull, error.Code);
        Assert.Equal([0.1], trainer.Stopped);
        Assert.Equal(2, trainer.Begun.Count);
    }

    [Fact]
    public async Task RunAsync_Cancelled_StopsEveryRunAndBeginsNoOther()
    {
        using var stop = new CancellationTokenSource();
        var trainer = new Trainer();
        var training = ScheduleOf(trainer, First, Second).RunAsync(stop.Token);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => training);
        Assert.Equal([0.01, 0.1], trainer.Stopped.Order());
        Assert.Equal(2, trainer.Begun.Count);
    }

    private static SearchSchedule ScheduleOf(Trainer trainer, params TrainingDevice[] devices)
    {
        var common = new TrainingOptions { Root = default, Train = ["training"], Validation = ["validation"], Run = "/search" };
        return new(new() { Training = common, Rates = [0.1, 0.01, 0.001], Seeds = [7], Devices = devices }, generation: 3, trainer);
    }

    /// <summary>Each run lasts until the test ends it.</summary>
    private sealed class Trainer : IRunTrainer
    {
        private readonly Dictionary<double, TaskCompletionSource> runs = [];

        public List<(double Rate, TrainingDevice Device)> Begun { get; } = [];

        public List<double> Stopped { get; } = [];

        public async Task TrainAsync(TrainingOptions options, CancellationToken cancellation)
        {
            var rate = options.Optimization.LearningRate;
            Assert.Equal((3, 7L, true, $"/search/{new SearchedRun(rate, 7).Name}"), (options.Generation, options.Loader.Seed, options.Resume, options.Run));
            Begun.Add((rate, options.Device));
            var run = runs[rate] = new();
            await using (cancellation.Register(() => run.TrySetCanceled(cancellation)))
            {
                try
                {
                    await run.Task;
                }
                catch (OperationCanceledException)
                {
                    Stopped.Add(rate);
                    throw;
                }
            }
        }

        public void End(double rate) => runs[rate].SetResult();

        public void Fail(double rate, string code) => runs[rate].SetException(new EyeSlotsException(code, "It failed."));
    }
}
