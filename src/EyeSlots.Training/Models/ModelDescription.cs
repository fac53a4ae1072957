using EyeSlots.Core;

namespace EyeSlots.Training.Models;

/// <summary>What decides a network's shape, and how it is trained unless options say otherwise.</summary>
/// <param name="Name">Of the table, or what a file calls it.</param>
/// <param name="Dropout">Share of values that a step drops, 0 to 0.9.</param>
/// <param name="Epochs">How long it is trained, 1 to 10,000.</param>
/// <param name="Cutout">The side of the cut out square as a share of the input's height, 0 to 1; 0 cuts nothing.</param>
public abstract record ModelDescription(string Name, double Dropout, int Epochs, double Cutout)
{
    /// <summary>Networks with more weights than this are refused: a file may ask for anything.</summary>
    public const long MostWeights = 200_000_000;

    private static readonly ModelDescription[] Table =
    [
        new VggDescription("tiny", [16, 32, 64], [64], Dropout: 0, Epochs: 10),
        new VggDescription("M1", [64, 128, 256], [512, 256], Dropout: 0.2, Epochs: 35),
        new VggDescription("M2", [64, 128, 256, 512, 512], [1024, 512], Dropout: 0.2, Epochs: 50),
        new WideResNetDescription("WRN-16-2", 16, 2),
        new WideResNetDescription("WRN-16-8", 16, 8),
        new WideResNetDescription("WRN-28-10", 28, 10),
        new WideResNetDescription("WideResNet", 16, 8),
    ];

    /// <summary>The names that <c>--model</c> knows, in the order of the documentation.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Table.Select(model => model.Name)];

    /// <summary>A model by its name, or by a file of JSON whose name ends in <c>.json</c>.</summary>
    /// <exception cref="EyeSlotsException">usage: no such name; or the file, the field, and what it may hold.</exception>
    public static ModelDescription Of(string model) =>
        Table.FirstOrDefault(known => known.Name.Equals(model, StringComparison.OrdinalIgnoreCase))
        ?? (model.EndsWith(".json", StringComparison.OrdinalIgnoreCase)
            ? ModelDescriptionJson.ReadFile(model)
            : throw new EyeSlotsException(ErrorCodes.Usage, $"--model has no value {model}; it may be {string.Join(", ", Names)} or a file that ends in .json."));

    /// <summary>Checks every value.</summary>
    /// <exception cref="EyeSlotsException">usage: which field, and what is allowed.</exception>
    public virtual ModelDescription Validated()
    {
        Require.That(Name is { Length: > 0 and <= 100 }, "name must have 1 to 100 characters.");
        Require.Between("dropout", Dropout, 0, 0.9);
        Require.Between("epochs", Epochs, 1, 10_000);
        Require.Between("cutout", Cutout, 0, 1);
        return this;
    }
}
