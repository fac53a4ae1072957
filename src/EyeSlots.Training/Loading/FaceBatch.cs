using EyeSlots.Training.Augmentation;

namespace EyeSlots.Training.Loading;

/// <summary>Faces that are trained on, or judged, together. Its memory holds another batch as soon as the next one is asked for.</summary>
public sealed class FaceBatch
{
    private readonly byte[] pixels;
    private readonly float[] targets;
    private readonly float[] weights;
    private readonly int[] faces;
    private readonly CutoutBox[] cutouts;
    private readonly int faceBytes;

    internal FaceBatch(int size, InputShape input)
    {
        faceBytes = input.Bytes;
        pixels = GC.AllocateUninitializedArray<byte>(checked(size * faceBytes));
        (targets, weights, faces, cutouts) = (new float[2 * size], new float[size], new int[size], new CutoutBox[size]);
    }

    /// <summary>Faces.</summary>
    public int Count { get; private set; }

    /// <summary>The epoch, from 0.</summary>
    public int Epoch { get; private set; }

    /// <summary>Which batch of the epoch, from 0.</summary>
    public int Index { get; private set; }

    /// <summary>Count × height × width × channels: RGB or gray.</summary>
    public ReadOnlyMemory<byte> Pixels => pixels.AsMemory(0, Count * faceBytes);

    /// <summary>Count × 2: valence and arousal.</summary>
    public ReadOnlyMemory<float> Targets => targets.AsMemory(0, 2 * Count);

    /// <summary>What each face counts, 1 on average over the epoch.</summary>
    public ReadOnlyMemory<float> Weights => weights.AsMemory(0, Count);

    /// <summary>The number of each face in its <see cref="FaceTable"/>.</summary>
    public ReadOnlyMemory<int> Faces => faces.AsMemory(0, Count);

    /// <summary>What is to be blotted out of each face once its pixels are normalised.</summary>
    public ReadOnlyMemory<CutoutBox> Cutouts => cutouts.AsMemory(0, Count);

    /// <summary>Takes the batch for other faces, none of which is there yet.</summary>
    internal void Reset(int epoch, int index, int count) => (Epoch, Index, Count) = (epoch, index, count);

    /// <summary>Where the pixels of a place belong.</summary>
    internal Span<byte> PixelsOf(int place) => pixels.AsSpan(place * faceBytes, faceBytes);

    /// <summary>Says what stands at a place.</summary>
    internal void Set(int place, int face, in FaceLabels labels, float weight, CutoutBox cutout)
    {
        (targets[2 * place], targets[(2 * place) + 1]) = (labels.Valence, labels.Arousal);
        (faces[place], weights[place], cutouts[place]) = (face, weight, cutout);
    }

    /// <summary>Says that a place stays empty.</summary>
    internal void SetEmpty(int place) => faces[place] = -1;

    /// <summary>Moves the faces behind empty places forward.</summary>
    internal void Close()
    {
        var to = 0;
        for (var from = 0; from < Count; from++)
        {
            if (faces[from] < 0) continue;
            if (to < from) Move(from, to);
            to++;
        }

        Count = to;
    }

    private void Move(int from, int to)
    {
        PixelsOf(from).CopyTo(PixelsOf(to));
        (targets[2 * to], targets[(2 * to) + 1]) = (targets[2 * from], targets[(2 * from) + 1]);
        (faces[to], weights[to], cutouts[to]) = (faces[from], weights[from], cutouts[from]);
    }
}
