using System.Globalization;
using EyeSlots.Aws.CloudFormation.Model;

namespace EyeSlots.Aws.Clusters;

/// <summary>What a region is prepared with.</summary>
public sealed record PreparationOptions
{
    /// <summary>The folder of this program.</summary>
    public required string Program { get; init; }

    /// <summary>The packed worker of Spark's executors.</summary>
    public required string Worker { get; init; }

    /// <summary>Spark's archive, or null: what was uploaded before stays.</summary>
    public string? Spark { get; init; }

    /// <summary>A Java runtime, an archive or a folder, or null likewise.</summary>
    public string? Jre { get; init; }

    /// <summary>The folder of libtorch, or null likewise.</summary>
    public string? LibTorch { get; init; }

    /// <summary>The folder of the program that trains.</summary>
    public required string Trainer { get; init; }

    /// <summary>Buckets with data that are there already, or none: one is made, or those named before stay.</summary>
    public IReadOnlyList<string> DataBuckets { get; init; } = [];

    /// <summary>A network that is there already, or null.</summary>
    public string? Vpc { get; init; }

    /// <summary>Its subnets.</summary>
    public IReadOnlyList<string> Subnets { get; init; } = [];

    /// <summary>Who is told of failures, or null.</summary>
    public string? Email { get; init; }

    /// <summary>Dollars a month above which somebody is told, or null: the template's own.</summary>
    public int? Budget { get; init; }

    /// <summary>Checks what belongs together; returns this.</summary>
    /// <exception cref="EyeSlotsException">usage: says what is missing.</exception>
    public PreparationOptions Validated()
    {
        Require.That(Vpc is null == Subnets is [], "--vpc and --subnets belong together.");
        Require.That(Vpc is null || Subnets.Count >= 2, "--subnets takes two or more, in different zones.");
        if (Budget is { } dollars) Require.Between("--budget", dollars, 0, 1_000_000);
        return this;
    }

    /// <summary>Parameters of the base stack. What is not said stays as it was: an update would else take the template's own.</summary>
    /// <param name="before">The stack that is there, or null.</param>
    internal IReadOnlyList<Parameter> Parameters(Stack? before)
    {
        Dictionary<string, string?> said = new()
        {
            ["VpcId"] = Vpc, ["SubnetIds"] = Subnets is [] ? null : string.Join(',', Subnets), ["DataBuckets"] = DataBuckets is [] ? null : string.Join(',', DataBuckets),
            ["NotificationEmail"] = Email, ["MonthlyBudget"] = Budget?.ToString(CultureInfo.InvariantCulture),
        };
        var kept = before?.Parameters.Where(parameter => said.GetValueOrDefault(parameter.ParameterKey) is null).Select(parameter => parameter with { UsePreviousValue = true }) ?? [];
        return [.. said.Where(one => one.Value is not null).Select(one => new Parameter(one.Key, one.Value!)), .. kept];
    }
}
