namespace EyeSlots.Storage.S3.Pacing;

/// <summary>What the share of refusals says.</summary>
internal enum SlowDownVerdict
{
    /// <summary>Nothing new.</summary>
    None,

    /// <summary>Half as many reads should be tried now.</summary>
    Try,

    /// <summary>The server has a capacity, which was exceeded.</summary>
    TooMany,

    /// <summary>Half as many were refused as often: fewer reads only make the run slower.</summary>
    InVain,
}
