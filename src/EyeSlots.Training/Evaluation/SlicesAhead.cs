using EyeSlots.Core.Planning;
using EyeSlots.Core.Storage;
using EyeSlots.Preprocessing.Cropping;
using EyeSlots.Preprocessing.Decoding;
using EyeSlots.Preprocessing.Jobs;
using EyeSlots.Training.Augmentation;

namespace EyeSlots.Training.Evaluation;

/// <summary>A slice as networks take it.</summary>
/// <param name="Slice">Its faces.</param>
/// <param name="Pixels">The faces that were cut, for each shape of input.</param>
internal sealed record SampledSlice(CutSlice Slice, IReadOnlyDictionary<InputShape, byte[]> Pixels);

/// <summary>Cuts the slices of a plan while those before them are predicted. A few are held, however many there are.</summary>
/// <param name="plan">The plan.</param>
/// <param name="images">The root of the images.</param>
/// <param name="inputs">Shapes of input.</param>
/// <param name="workers">Slices at a time.</param>
internal sealed class SlicesAhead(Plan plan, IObjectStore images, IReadOnlyList<InputShape> inputs, int workers)
{
    /// <summary>The slices in the plan's order.</summary>
    public IEnumerable<SampledSlice> Run(CancellationToken cancellation)
    {
        using var gate = new MemoryGate(MemoryLimit.DefaultBytes);
        using var cutter = new FaceCutter(images, plan.Parameters, gate);
        using var decoder = new SlotDecoder();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        Queue<Task<SampledSlice>> ahead = [];
        try
        {
            foreach (var slice in plan.Slices)
            {
                ahead.Enqueue(Task.Run(() => CutAsync(cutter, decoder, slice, stop.Token), CancellationToken.None));
                if (ahead.Count > workers) yield return ahead.Dequeue().GetAwaiter().GetResult();
            }

            while (ahead.TryDequeue(out var next)) yield return next.GetAwaiter().GetResult();
        }
        finally
        {
            stop.Cancel();
            Task.WhenAll(ahead).ContinueWith(static _ => { }, TaskScheduler.Default).GetAwaiter().GetResult();
        }
    }

    private async Task<SampledSlice> CutAsync(FaceCutter cutter, SlotDecoder decoder, SliceHeader header, CancellationToken cancellation)
    {
        var cut = new CutSlice(plan.Load(header));
        await foreach (var _ in cutter.CutAsync([cut], cancellation).ConfigureAwait(false))
        {
        }

        return new(cut, inputs.ToDictionary(input => input, input => cut.Sample(decoder, plan.Parameters.Format, input)));
    }
}
