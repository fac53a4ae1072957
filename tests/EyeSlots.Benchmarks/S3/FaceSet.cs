namespace EyeSlots.Benchmarks.S3;

/// <summary>Faces of a benchmark: a list, and the photographs that it names.</summary>
/// <param name="Count">Rows of the list.</param>
/// <param name="Photographs">Names of photographs in it.</param>
/// <param name="List">The list, on this machine.</param>
/// <param name="Images">The image root on the server.</param>
/// <param name="Folder">The same root as a folder of this machine: what the server keeps its objects in.</param>
internal sealed record FaceSet(int Count, int Photographs, string List, string Images, string Folder);
