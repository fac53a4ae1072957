using EyeSlots.Training.Augmentation;
using EyeSlots.Training.Loading;

namespace EyeSlots.Training.Tests.Tools;

/// <summary>Faces of random pixels whose labels follow from them, so that there is something to learn.</summary>
internal static class RandomBatch
{
    public static FaceBatch Of(InputShape input, int count, int seed = 1)
    {
        FaceBatch batch = new(count, input);
        var random = new Random(seed);
        batch.Reset(0, 0, count);
        for (var place = 0; place < count; place++)
        {
            var (valence, arousal) = ((float)((2 * random.NextDouble()) - 1), (float)((2 * random.NextDouble()) - 1));
            var pixels = batch.PixelsOf(place);
            for (var at = 0; at < pixels.Length; at++)
            {
                var bright = at < pixels.Length / 2 ? valence : arousal;
                pixels[at] = (byte)(100 + (60 * bright) + random.Next(0, 40));
            }

            batch.Set(place, place, new(valence, arousal, 0), 1, default);
        }

        return batch;
    }
}
