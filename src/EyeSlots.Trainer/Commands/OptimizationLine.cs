using System.CommandLine;
using EyeSlots.Training.Models;
using EyeSlots.Training.Optimization;

namespace EyeSlots.Trainer.Commands;

/// <summary>The part of a command line that says how gradients change weights.</summary>
internal static class OptimizationLine
{
    private static readonly OptimizationOptions Defaults = new();
    private static readonly Option<string> Optimizer = Choice("--optimizer", "How gradients change weights", Defaults.Optimizer);
    public static readonly Option<double> LearningRate = new("--learning-rate") { Description = "Length of a step", HelpName = "RATE", DefaultValueFactory = _ => Defaults.LearningRate };
    private static readonly Option<double> WeightDecay = new("--weight-decay") { Description = "Pull of the weights to 0", HelpName = "SHARE", DefaultValueFactory = _ => Defaults.WeightDecay };
    private static readonly Option<double> Momentum = new("--momentum") { Description = "Momentum of sgd", HelpName = "SHARE", DefaultValueFactory = _ => Defaults.Momentum };
    private static readonly Option<string> Loss = Choice("--loss", "Mean squared error, 1 - mean CCC of the batch, or both", Defaults.Loss);
    private static readonly Option<double> CccWeight = new("--ccc-weight") { Description = "Share of the CCC in --loss both", HelpName = "SHARE", DefaultValueFactory = _ => Defaults.CccWeight };
    private static readonly Option<string> Schedule = Choice("--schedule", "How the learning rate goes on", Defaults.Schedule);
    private static readonly Option<int> WarmUp = new("--warm-up") { Description = "Steps in which the learning rate rises from 0; take 100 at a rate of 1e-3 and above", HelpName = "N", DefaultValueFactory = _ => Defaults.WarmUp };
    private static readonly Option<double> ClipNorm = new("--clip-norm") { Description = "Longest gradient; 0 shortens none", HelpName = "NORM", DefaultValueFactory = _ => Defaults.ClipNorm };
    private static readonly Option<string> Numbers = Choice("--precision", "What convolutions and dense layers compute in; others than float32 on a GPU", Defaults.Precision);

    private static readonly Option<bool> Deterministic = new("--deterministic") { Description = "On a GPU, the same weights at each run, by algorithms of which some are slower" };

    public static IReadOnlyList<Option> Options { get; } = [LearningRate, Loss, CccWeight, Optimizer, WeightDecay, Momentum, Schedule, WarmUp, ClipNorm, Numbers, Deterministic];

    public static OptimizationOptions Of(ParseResult parsed) => new()
    {
        Optimizer = Of<OptimizerKind>(parsed, Optimizer), LearningRate = parsed.GetValue(LearningRate), WeightDecay = parsed.GetValue(WeightDecay), Momentum = parsed.GetValue(Momentum),
        Loss = Of<LossKind>(parsed, Loss), CccWeight = parsed.GetValue(CccWeight), Schedule = Of<ScheduleKind>(parsed, Schedule), WarmUp = parsed.GetValue(WarmUp),
        ClipNorm = parsed.GetValue(ClipNorm), Precision = Of<Precision>(parsed, Numbers), Deterministic = parsed.GetValue(Deterministic),
    };

    private static T Of<T>(ParseResult parsed, Option<string> option)
        where T : struct, Enum => Enum.Parse<T>(parsed.GetValue(option)!, ignoreCase: true);

    private static Option<string> Choice<T>(string name, string description, T usual)
        where T : struct, Enum
    {
        string[] names = [.. Enum.GetNames<T>().Select(value => value.ToLowerInvariant())];
        Option<string> option = new(name) { Description = description, HelpName = string.Join('|', names), DefaultValueFactory = _ => usual.ToString().ToLowerInvariant() };
        option.AcceptOnlyFromAmong(names);
        return option;
    }
}
