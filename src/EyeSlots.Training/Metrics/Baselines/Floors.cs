using System.Text.Json;
using System.Text.Json.Serialization;
using EyeSlots.Core;
using EyeSlots.Training.Loading;
using EyeSlots.Training.Metrics.Fitting;

namespace EyeSlots.Training.Metrics.Baselines;

/// <summary>
/// What stands beside every number of a model: how far one comes without a network. Fitted to the run's own training faces at its start,
/// and kept in it as <c>floors.json</c>.
/// </summary>
/// <param name="Mean">The training labels' mean.</param>
/// <param name="Geometry">Of <see cref="BoxGeometry"/>'s features.</param>
/// <param name="Linear">Of 24 x 8 gray pixels, row by row, 0 to 255.</param>
/// <param name="Ridge">The linear floor's, of mean squared errors of standardised pixels.</param>
/// <param name="LinearFaces">Faces that the linear floor was fitted to.</param>
public sealed record Floors(Outputs<double> Mean, Outputs<LinearModel> Geometry, Outputs<LinearModel> Linear, Outputs<double> Ridge, int LinearFaces)
{
    /// <summary>The floor by which models are judged.</summary>
    public const string Judge = "linear";

    internal IReadOnlyList<IFloor> All => [new ConstantFloor("mean", Mean), new ConstantFloor("zero", default), new GeometryFloor(Geometry), new LinearFloor(Linear)];

    /// <summary>Fits the floors to training; validation decides the ridge alone.</summary>
    /// <param name="training">Faces to fit to.</param>
    /// <param name="validation">Faces that are no faces of training.</param>
    /// <param name="reader">Reads them.</param>
    /// <param name="cancellation">Stops.</param>
    /// <exception cref="EyeSlotsException">dataset-damaged: as in an epoch of training.</exception>
    public static async Task<Floors> FitAsync(FaceTable training, FaceTable validation, FloorReader reader, CancellationToken cancellation = default)
    {
        var geometry = await GeometryFloor.FitAsync(training, reader, cancellation).ConfigureAwait(false);
        var linear = await Task.Run(() => LinearFloor.Fit(training, validation, reader, cancellation), cancellation).ConfigureAwait(false);
        return new(new(training.MeanValence, training.MeanArousal), geometry, linear.Model, linear.Ridge, linear.Faces);
    }

    /// <summary>What each floor predicts for each face; NaN for a face that does not decode, where pixels are needed.</summary>
    public async Task<IReadOnlyList<FloorPredictions>> PredictAsync(FaceTable faces, FloorReader reader, CancellationToken cancellation = default)
    {
        List<FloorPredictions> all = [];
        foreach (var floor in All) all.Add(new(floor.Name, await floor.PredictAsync(faces, reader, cancellation).ConfigureAwait(false)));
        return all;
    }

    /// <summary>The file's bytes.</summary>
    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, FloorsJson.Default.Floors);

    /// <summary>Reads a run's file, which may be anybody's.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="EyeSlotsException">It is missing, or holds no floors: checkpoint-damaged.</exception>
    public static Floors Load(string path)
    {
        try
        {
            var floors = JsonSerializer.Deserialize(File.ReadAllBytes(path), FloorsJson.Default.Floors) ?? throw new JsonException("it is empty");
            if (!double.IsFinite(floors.Mean.Valence + floors.Mean.Arousal)) throw new JsonException("a mean is no number");
            Check(floors.Geometry, BoxGeometry.Features.Count);
            Check(floors.Linear, FloorReader.Input.Bytes);
            return floors;
        }
        catch (Exception error) when (error is JsonException or FileNotFoundException or DirectoryNotFoundException)
        {
            throw new EyeSlotsException(ErrorCodes.CheckpointDamaged, $"{path} holds no floors of a run: {error.Message}", error);
        }
    }

    // 1e999 is a number to JSON and infinite here.
    private static bool IsSound(LinearModel? model, int features) =>
        model?.Coefficients.Count == features && double.IsFinite(model.Intercept) && model.Coefficients.All(double.IsFinite);

    private static void Check(Outputs<LinearModel> model, int features)
    {
        if (!IsSound(model.Valence, features) || !IsSound(model.Arousal, features)) throw new JsonException($"a model does not have {features} coefficients that are numbers");
    }
}

/// <summary>A floor's predictions.</summary>
/// <param name="Name">The floor's.</param>
/// <param name="Values">One for each face of the table.</param>
public sealed record FloorPredictions(string Name, Outputs<double[]> Values);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true,
    AllowDuplicateProperties = false, MaxDepth = 8)]
[JsonSerializable(typeof(Floors))]
internal sealed partial class FloorsJson : JsonSerializerContext;
