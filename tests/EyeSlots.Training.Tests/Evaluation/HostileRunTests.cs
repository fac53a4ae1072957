using EyeSlots.Core;
using EyeSlots.Integration.Tests;
using EyeSlots.Training.Evaluation;
using EyeSlots.Training.Metrics.Baselines;
using EyeSlots.Training.Models;
using EyeSlots.Training.Runs;
using EyeSlots.Training.Tests.Tools;
using EyeSlots.Training.Torch;

namespace EyeSlots.Training.Tests.Evaluation;

/// <summary>Runs come from anybody: whatever their files say, they are read, or refused in words.</summary>
public sealed class HostileRunTests : IDisposable
{
    private static readonly int Count = LongRun.Count(150, 10_000);
    private readonly Scratch scratch = new();

    public void Dispose() => scratch.Dispose();

    [Fact]
    public async Task Load_OfMutatedFiles_GivesARunOrSaysWhatIsWrong()
    {
        using var dataset = await DrawnDataset.DrawAsync(80);
        var run = await MadeRun.MakeAsync(scratch["run"], dataset);
        var best = RunFolder.BestOf(run);
        (string File, Action Load)[] targets =
        [
            (Path.Combine(best, ModelFile.DescriptionName), () => ModelSet.Load([run], TrainingDevice.Cpu).Dispose()),
            (Path.Combine(best, ModelFile.WeightsName), () => ModelSet.Load([run], TrainingDevice.Cpu).Dispose()),
            (RunFolder.FloorsOf(run), () => Floors.Load(RunFolder.FloorsOf(run))),
            (Path.Combine(run, TrainedPaths.FileName), () => TrainedPaths.Load(run)),
        ];
        foreach (var (file, load) in targets) TryAll(file, load);
    }

    private static void TryAll(string file, Action load)
    {
        var whole = File.ReadAllBytes(file);
        var (random, refused) = (new Random(1), 0);
        for (var attempt = 0; attempt < Count; attempt++)
        {
            File.WriteAllBytes(file, Mutated(whole, random));
            try
            {
                load();
            }
            catch (EyeSlotsException error)
            {
                Assert.True(error.Code is ErrorCodes.CheckpointDamaged or ErrorCodes.ModelMismatch, $"{file}, {attempt}: {error.Code}: {error.Message}");
                refused++;
            }
        }

        File.WriteAllBytes(file, whole);
        load();
        Assert.InRange(refused, 1, Count);
    }

    // Most of what a file says stands at its start.
    private static byte[] Mutated(byte[] whole, Random random)
    {
        if (random.Next(4) == 0) return whole[..random.Next(whole.Length)];
        byte[] bytes = [.. whole];
        for (var change = random.Next(1, 4); change > 0; change--) bytes[random.Next(Math.Min(bytes.Length, 2000))] = random.Next(2) == 0 ? (byte)random.Next(256) : (byte)"0123456789-e.,:{}[]\"ntf"[random.Next(23)];
        return bytes;
    }
}
