using EyeSlots.Core.Annotations;
using EyeSlots.Core.Shards;

namespace EyeSlots.Reporting.Datasets;

/// <summary>A face of the contact sheet.</summary>
/// <param name="Row">What its shard says of it.</param>
/// <param name="Crop">The crop as a JPEG.</param>
/// <param name="Photograph">The photograph with the slot on it as a JPEG, where it could be read.</param>
public sealed record PicturedFace(ShardRow Row, byte[] Crop, byte[]? Photograph);

/// <summary>The pictures of a page, encoded already.</summary>
/// <param name="Faces">The contact sheet.</param>
/// <param name="Rejected">Photographs of rejected faces as JPEGs, where they could be read.</param>
/// <param name="Damaged">Shards and crops that could not be drawn.</param>
public sealed record DatasetPictures(
    IReadOnlyList<PicturedFace> Faces, IReadOnlyDictionary<FaceKey, byte[]> Rejected, IReadOnlyList<Core.Manifests.VerifyProblem> Damaged);
