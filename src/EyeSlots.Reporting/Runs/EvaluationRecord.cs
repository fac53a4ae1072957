using EyeSlots.Core.Annotations;

namespace EyeSlots.Reporting.Runs;

/// <summary>An evaluation that lies in a run's folder.</summary>
public sealed class EvaluationRecord
{
    internal EvaluationRecord(RecordedEvaluation numbers, PredictedFaces? faces) => (Numbers, Faces) = (numbers, faces);

    /// <summary>The dataset that was judged on.</summary>
    public string Dataset => Numbers.Dataset;

    /// <summary>Its generation.</summary>
    public int Generation => Numbers.Generation;

    /// <summary>SHA-256 of the generation's content.</summary>
    public string ContentSha256 => Numbers.ContentSha256;

    /// <summary>The faces whose pictures a page shows: those predicted best and worst.</summary>
    public IReadOnlySet<FaceKey> ShownFaces => Faces is null ? new HashSet<FaceKey>() : Faces.Best.Concat(Faces.Worst).Select(face => face.Key).ToHashSet();

    internal RecordedEvaluation Numbers { get; }

    /// <summary>What was predicted; null where only the numbers lie in the folder.</summary>
    internal PredictedFaces? Faces { get; }
}
