namespace EyeSlots.Training.Export;

/// <summary>What <c>export</c> wrote.</summary>
/// <param name="Run">The folder of the run.</param>
/// <param name="Out">The file.</param>
/// <param name="Format"><c>onnx</c> or <c>safetensors</c>.</param>
/// <param name="Model">The network's name.</param>
/// <param name="Weights">How many weights it has.</param>
/// <param name="Height">Of its input, in pixels.</param>
/// <param name="Width">Likewise.</param>
/// <param name="Channels">Of its input: 3, or 1 for gray.</param>
/// <param name="Bytes">The file's size.</param>
public sealed record ExportSummary(string Run, string Out, string Format, string Model, long Weights, int Height, int Width, int Channels, long Bytes);
