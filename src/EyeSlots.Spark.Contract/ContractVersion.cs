using EyeSlots.Core;

namespace EyeSlots.Spark.Contract;

/// <summary>
/// Driver and executors must be of one release. Each request names the version that the driver speaks, and a worker that speaks another
/// one says so before it does anything.
/// </summary>
public static class ContractVersion
{
    /// <summary>Raised with every change of this project's columns, names, JSON or bytes.</summary>
    public const int Current = 4;

    /// <summary>Refuses a request of another release.</summary>
    /// <param name="asked">The version that the request names.</param>
    /// <exception cref="RemoteException">spark-failed: says which side speaks what.</exception>
    public static void Require(int asked)
    {
        if (asked != Current)
        {
            throw new RemoteException(new(
                ErrorCodes.SparkFailed,
                $"The driver speaks version {asked} of the contract with its executors, and the worker {Current}: both must be of one release. './eyeslots' packs the worker that belongs to it; EYESLOTS_SPARK_WORKER may name another."));
        }
    }
}
