using EyeSlots.Core.Planning;
using EyeSlots.Core.Storage;
using EyeSlots.Preprocessing.Cropping;
using EyeSlots.Training.Augmentation;

namespace EyeSlots.Training.Loading;

/// <summary>How an encoded face becomes a place of a batch; the same for all threads.</summary>
/// <param name="Decoder">Decodes crops.</param>
/// <param name="Format">How they are encoded.</param>
/// <param name="Input">What the network takes.</param>
/// <param name="Augmenter">Draws what is done to a face.</param>
/// <param name="Seed">Of the epoch's augmentations.</param>
/// <param name="Balance">What each face counts, or null where all count 1.</param>
internal sealed record SlotSampling(SlotDecoder Decoder, SlotFormat Format, InputShape Input, Augmenter Augmenter, ulong Seed, LabelBalance? Balance);

/// <summary>Takes faces from a pass, decodes them, and samples them straight into their batch. One thread's.</summary>
internal sealed class SlotWorker(EpochPass pass, SlotSampling sampling, SlotPool pool, BrokenFaces broken)
{
    /// <summary>Room for pixels is given back when one crop needed more.</summary>
    private const int MostKept = 16 << 20;
    private readonly ByteBuffer pixels = new();

    /// <summary>Works until the pass has no faces left, or has ended.</summary>
    public void Run()
    {
        while (pass.TryTake(out var slot, out var batch, out var place))
        {
            Fill(slot, batch.Batch, place);
            pool.Return(slot.Array);
            pass.Complete(batch);
        }
    }

    private void Fill(in EncodedSlot slot, FaceBatch batch, int place)
    {
        if (!sampling.Decoder.TryDecode(slot.Bytes, sampling.Format, slot.Width, slot.Height, pixels))
        {
            batch.SetEmpty(place);
            broken.Add(slot.Face, $"its crop does not decode to {slot.Width} x {slot.Height} pixels");
            return;
        }

        var drawn = sampling.Augmenter.Draw(FaceSeed.Of(sampling.Seed, slot.KeyHash), slot.Width, slot.Height);
        CropSampler.Sample(pixels.Span, slot.Width, slot.Height, drawn, sampling.Input, batch.PixelsOf(place));
        batch.Set(place, slot.Face, slot.Labels, sampling.Balance?.Of(slot.Labels) ?? 1, drawn.Cutout);
        if (pixels.Capacity > MostKept) pixels.Release();
    }
}
